import type { Columns } from './columns.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A job's box by the middle of its left side, and the middle of its column in the ranking. */
export interface Stop extends Point {
  readonly width: number
  readonly rank: number
}

/**
 * The way of an arrow from one job to another, by the places between them that the ranking kept free for it. It is level
 * as long as it passes a column, and so crosses no box there. In a circle of jobs one arrow goes from right to left.
 */
export function routeOf(from: Stop, to: Stop, between: readonly Point[], columns: Columns): Point[] {
  const forward = from.rank <= to.rank
  const across = (rank: number, y: number): Point[] => {
    const column = columns.at(rank)
    if (column === undefined) return []
    const ends = [
      { x: column.left, y },
      { x: column.right, y }
    ]
    return forward ? ends : ends.reverse()
  }
  const start = { x: from.x + (forward ? from.width : 0), y: from.y }
  const end = { x: to.x + (forward ? 0 : to.width), y: to.y }
  return [
    start,
    ...across(from.rank, from.y).slice(1),
    ...between.flatMap(({ x, y }) => across(x, y)),
    ...across(to.rank, to.y).slice(0, 1),
    end
  ]
}

/** The data of an SVG path through points: straight to one beside or below, else level at both ends and smooth between. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...others] = points
  if (first === undefined) return ''
  let path = `M${pair(first)}`
  let before = first
  for (const point of others) {
    const middle = (before.x + point.x) / 2
    if (before.x === point.x) path += `V${short(point.y)}`
    else if (before.y === point.y) path += `H${short(point.x)}`
    else path += `C${pair({ x: middle, y: before.y })} ${pair({ x: middle, y: point.y })} ${pair(point)}`
    before = point
  }
  return path
}

function pair({ x, y }: Point): string {
  return `${short(x)},${short(y)}`
}

/** A tenth of a pixel is as fine as anyone sees. */
export function short(value: number): number {
  return Math.round(value * 10) / 10
}
