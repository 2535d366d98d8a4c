import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { drawingOf, type Drawing } from '../../src/graph/drawing.ts'
import { layOut } from '../../src/graph/layout.ts'
import type { PlacedBox } from '../../src/graph/placed.ts'
import { toSvg } from '../../src/graph/svg.ts'
import { namesIn } from '../core/well-formed.ts'
import { anyGraph, graphOf, sampleDrawing } from './sample.ts'

/** A grid of jobs: each gets what three of the column before have passed, and one resource that all get. */
function grid(columns: number, rows: number): Drawing {
  const jobs = Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [Math.floor(index / rows), index % rows]
    const before = [0, 1, 3].map(more => `j${(column - 1) * rows + ((row + more) % rows)}`)
    const passed = column === 0 ? '' : `, passed: [${before.join(', ')}]`
    return `- {name: j${index}, plan: [{get: repo, trigger: true${passed}}, {get: ci}, {put: out}]}`
  })
  return drawingOf(
    graphOf(`resources: [${['repo', 'ci', 'out'].map(name => `{name: ${name}, type: git, source: {}}`).join(', ')}]
jobs:\n${jobs.join('\n')}`),
    'grid'
  )
}

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  const apart = (x: number, width: number, otherX: number, otherWidth: number) =>
    x + width <= otherX + 0.01 || otherX + otherWidth <= x + 0.01
  return !apart(a.x, a.width, b.x, b.width) && !apart(a.y, a.height, b.y, b.height)
}

function expectTidy(drawing: Drawing): void {
  const { width, height, boxes, labels, arrows } = layOut(drawing)
  const rectangles: (Rectangle & Partial<PlacedBox>)[] = [...boxes, ...labels]
  expect(boxes).toHaveLength(drawing.boxes.length)
  expect(arrows).toHaveLength(drawing.arrows.length)
  for (const [index, one] of rectangles.entries()) {
    expect(one.x).toBeGreaterThanOrEqual(-0.01)
    expect(one.y).toBeGreaterThanOrEqual(-0.01)
    expect(one.x + one.width).toBeLessThanOrEqual(width + 0.01)
    expect(one.y + one.height).toBeLessThanOrEqual(height + 0.01)
    for (const other of rectangles.slice(index + 1)) expect(overlap(one, other)).toBe(false)
  }
}

describe('the layout', () => {
  it.each([
    ['the sample', sampleDrawing()],
    ['60 jobs that all get one resource', grid(6, 10)],
    [
      'jobs that nothing ties together',
      drawingOf(
        graphOf(`jobs:\n${Array.from({ length: 60 }, (_, i) => `- {name: j${i}, plan: []}`).join('\n')}`),
        'flat'
      )
    ]
  ])('keeps boxes apart and inside: %s', (_, drawing) => expectTidy(drawing))

  it('keeps boxes apart and inside, whatever depends on what', () => {
    fc.assert(fc.property(anyGraph, graph => expectTidy(drawingOf(graph, 'p'))))
  })

  it('begins the jobs of a column on one line, each column right of the one before', () => {
    const jobs = layOut(grid(6, 10)).boxes.filter(({ box }) => box.kind === 'job')
    const starts = [...new Set(jobs.map(({ x }) => Math.round(x)))]
    expect(starts).toHaveLength(6)
    for (const { box, x } of jobs) {
      const column = Math.floor(Number(box.lines[0]?.slice(1)) / 10)
      expect(Math.round(x)).toBe(starts.sort((a, b) => a - b)[column])
    }
  })

  it('leads arrows round boxes', () => {
    const { boxes, arrows } = layOut(grid(6, 10))
    for (const { arrow, points } of arrows.filter(one => one.arrow.passes.length > 0)) {
      for (const [index, to] of points.entries()) {
        const from = points[index - 1]
        if (from?.y !== to.y) continue
        const line = { x: Math.min(from.x, to.x), y: to.y, width: Math.abs(to.x - from.x), height: 0.1 }
        const hit = boxes.filter(
          one => one.box.id !== arrow.from && one.box.id !== arrow.to && overlap(line, one)
        )
        expect(hit).toEqual([])
      }
    }
  })

  it.each([
    ['jobs', Array.from({ length: 5000 }, (_, i) => [i - 1, i] as const)],
    [
      'columns',
      Array.from({ length: 60 }, (_, to) =>
        Array.from({ length: to }, (_, from) => [from, to] as const)
      ).flat()
    ]
  ])('refuses too many %s, with the number', (what, pairs) => {
    const passes = pairs
      .filter(([from]) => from >= 0)
      .map(([from, to]) => ({ from: `j${from}`, to: `j${to}`, resources: [{ name: 'r', trigger: true }] }))
    const names = [...new Set(passes.flatMap(({ from, to }) => [from, to]))]
    const jobs = names.map(name => ({ name, place: 'inside' as const }))
    const graph = { groups: [], resources: [], gets: [], puts: [], jobs, passes }
    const draw = () => toSvg(drawingOf(graph, 'p'))
    expect(draw).toThrow(UserError)
    expect(draw).toThrow(new RegExp(`svg: found .*\\d+ ${what}.*expected at most \\d+`))
  })
})

describe('the SVG', () => {
  it('draws the sample', async () => {
    await expect(toSvg(sampleDrawing())).toMatchFileSnapshot('../golden/graph/sample.svg')
  })

  it('needs nothing else, and says what it is', () => {
    const svg = toSvg(sampleDrawing())
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*>\n<title id="title">sample<\/title>\n<desc id="desc">/)
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|<script|<image|href|url\((?!#)/
    )
    expect(svg).toContain('@media (prefers-color-scheme: dark)')
  })

  it('is well-formed, whatever the names', () => {
    fc.assert(
      fc.property(anyGraph, fc.string({ unit: 'binary' }), (graph, name) => {
        const svg = toSvg(drawingOf(graph, name))
        const { tags } = namesIn(svg.replace(/<style>[^<]*<\/style>/, ''))
        expect([...tags].sort()).toEqual(
          expect.arrayContaining(['defs', 'desc', 'g', 'marker', 'path', 'rect', 'svg', 'text', 'title'])
        )
        expect(svg).not.toMatch(/NaN|undefined|Infinity|(?![\n\t])\p{Cc}|\p{Cs}/u)
      })
    )
  })
})
