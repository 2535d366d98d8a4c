import { Graph, layout as rank } from '@dagrejs/dagre'
import { blockOf, type Block } from './block.ts'
import type { Size } from './box-size.ts'
import { columnsOf, type Columns } from './columns.ts'
import { componentsOf, type Component } from './components.ts'
import { labelOf, type Arrow } from './drawing.ts'
import { gatherBy } from './gather.ts'
import type { Placed } from './placed.ts'
import { routeOf, type Point, type Stop } from './route.ts'
import { placeOnShelves } from './shelves.ts'
import { checkLimits } from './svg-limits.ts'

const space = { betweenBlocks: 18, betweenArrows: 8, betweenComponents: 36 }

/**
 * Lays each part of a drawing out from left to right, then the parts beside and below each other. The top left of all is
 * 0, 0. dagre says in which column and at which height a job stands; each job brings its resources along. Throws a
 * UserError where jobs that depend on each other are too many for that.
 */
export function layOut(drawing: Component): Placed & Size {
  const parts = componentsOf(drawing).map(layOutComponent)
  const { places, ...size } = placeOnShelves(parts, space.betweenComponents)
  return { ...size, ...joined(parts.map((part, index) => moved(part, places[index] ?? { x: 0, y: 0 }))) }
}

function layOutComponent({ boxes, arrows }: Component): Placed & Size {
  const between = arrows.filter(isBetweenJobs)
  const blocks = blocksOf({ boxes, arrows })
  checkLimits(
    blocks.map(({ id }) => id),
    between
  )
  const graph = graphOf(blocks, between)
  rank(graph)
  const ranked = blocks.map(block => ({ ...block, middle: graph.node(block.id).x }))
  const columns = columnsOf(ranked)
  const stops = new Map(ranked.map(block => [block.id, stopOf(block, graph.node(block.id).y, columns)]))
  const ways = between.flatMap(arrow => {
    const [from, to] = [stops.get(arrow.from), stops.get(arrow.to)]
    const points = graph.edge(arrow.from, arrow.to).points
    // The first and the last point are at the boxes, which only now have their places.
    return from === undefined || to === undefined
      ? []
      : [{ arrow, points: routeOf(from, to, points.slice(1, -1), columns) }]
  })
  const parts = blocks.map(block => moved(block, stops.get(block.id) ?? { x: 0, y: 0 }))
  const height = graph.graph().height
  return { width: columns.width, height, ...joined([{ boxes: [], arrows: ways, labels: [] }, ...parts]) }
}

function isBetweenJobs({ passes, from, to }: Arrow): boolean {
  return passes.length > 0 && from !== to
}

function blocksOf({ boxes, arrows }: Component): Block[] {
  const jobOf = new Map(boxes.map(({ id, job }) => [id, job]))
  const boxesOf = gatherBy(boxes, ({ job }) => job)
  const arrowsOf = gatherBy(arrows, ({ from, to, passes }) => jobOf.get(passes.length > 0 ? to : from))
  return boxes
    .filter(({ kind }) => kind === 'job')
    .map(job => {
      const all = arrowsOf.get(job.id) ?? []
      const passed = new Set(all.filter(isBetweenJobs).flatMap(({ passes }) => passes))
      return blockOf({
        job,
        lists: boxesOf.get(job.id)?.filter(({ kind }) => kind !== 'job') ?? [],
        arrows: all.filter(arrow => !isBetweenJobs(arrow)),
        passed: passed.size === 0 ? undefined : labelOf([...passed])
      })
    })
}

function graphOf(blocks: readonly Block[], arrows: readonly Arrow[]): Graph {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: space.betweenBlocks, edgesep: space.betweenArrows })
  // Widths are left to the columns; with one width, blocks of a column have one middle.
  for (const { id, top, bottom } of blocks) graph.setNode(id, { width: 1, height: top + bottom })
  for (const { from, to } of arrows) graph.setEdge(from, to, {})
  return graph
}

function stopOf(block: Block & { readonly middle: number }, y: number, columns: Columns): Stop {
  const { middle, jobWidth: width, top, bottom } = block
  const x = columns.at(middle)?.jobs ?? 0
  return { x, y: y - (top + bottom) / 2 + top, width, rank: middle }
}

function joined(parts: readonly Placed[]): Placed {
  return {
    boxes: parts.flatMap(({ boxes }) => boxes),
    arrows: parts.flatMap(({ arrows }) => arrows),
    labels: parts.flatMap(({ labels }) => labels)
  }
}

function moved({ boxes, arrows, labels }: Placed, by: Point): Placed {
  const move = <T extends Point>(point: T): T => ({ ...point, x: point.x + by.x, y: point.y + by.y })
  return {
    boxes: boxes.map(move),
    arrows: arrows.map(({ arrow, points }) => ({ arrow, points: points.map(move) })),
    labels: labels.map(move)
  }
}
