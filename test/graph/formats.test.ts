import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawingOf } from '../../src/graph/drawing.ts'
import { toDot } from '../../src/graph/dot.ts'
import { toMermaid } from '../../src/graph/mermaid.ts'
import { anyGraph, sampleDrawing } from './sample.ts'

const id = '[a-z]+\\d*_[A-Za-z0-9_]*'

describe('Mermaid', () => {
  it('draws the sample', async () => {
    await expect(toMermaid(sampleDrawing())).toMatchFileSnapshot('../golden/graph/sample.mmd')
  })

  // A text is made of letters, digits, a few marks, and entities by number.
  const text = '"(?:[\\p{L}\\p{N}\\p{M} ,.:/_+()…-]|#\\d+;|<br>)*"'
  const line = new RegExp(
    [
      '^flowchart LR',
      `  ${id}(?:\\[${text}\\]|\\(\\[${text}\\]\\))(?::::group\\d+)?`,
      `  ${id} (?:-->|-\\.->)(?:\\|${text}\\|)? ${id}`,
      `  class ${id} absent`,
      '  classDef absent stroke-dasharray:4 3',
      '  subgraph groups',
      `    group_\\d+\\[${text}\\]:::group\\d+`,
      '  end',
      '  classDef group\\d+ stroke:#[0-9a-f]{6},stroke-width:3px',
      '$'
    ].join('$|^'),
    'u'
  )

  it('holds nothing but lines of its grammar, whatever the names', () => {
    fc.assert(
      fc.property(anyGraph, graph => {
        for (const one of toMermaid(drawingOf(graph, 'p')).split('\n')) expect(one).toMatch(line)
      })
    )
  })
})

describe('Graphviz', () => {
  it('draws the sample', async () => {
    await expect(toDot(sampleDrawing())).toMatchFileSnapshot('../golden/graph/sample.dot')
  })

  const quoted = '"(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
  const list = `\\[[a-z]+=${quoted}(?:, [a-z]+=${quoted})*\\]`
  const line = new RegExp(
    [
      `^digraph ${quoted} \\{`,
      '  (?:graph|node|edge) \\[[^\\]\\n]+\\]',
      `  ${id} ${list}`,
      `  ${id} -> ${id} ${list}`,
      '  subgraph cluster_groups \\{',
      '    label="groups"',
      `    group_\\d+ ${list}`,
      '  \\}',
      '\\}',
      '$'
    ].join('$|^'),
    'u'
  )

  it('holds nothing but lines of its grammar, whatever the names', () => {
    fc.assert(
      fc.property(anyGraph, fc.string(), (graph, name) => {
        for (const one of toDot(drawingOf(graph, name)).split('\n')) expect(one).toMatch(line)
      })
    )
  })
})

it('gives each box an id of its own, and each arrow boxes that there are', () => {
  fc.assert(
    fc.property(anyGraph, graph => {
      const { boxes, arrows } = drawingOf(graph, 'p')
      const ids = new Set(boxes.map(box => box.id))
      expect(ids.size).toBe(boxes.length)
      for (const { from, to } of arrows) expect([ids.has(from), ids.has(to)]).toEqual([true, true])
    })
  )
})
