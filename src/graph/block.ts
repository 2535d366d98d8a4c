import { sizeOfBox, sizeOfLabel } from './box-size.ts'
import type { Arrow, Box } from './drawing.ts'
import type { Placed, PlacedBox, PlacedLabel } from './placed.ts'
import type { Point } from './route.ts'

/**
 * A job with all that stands beside it, placed round the middle of its left side: what it gets on its left, above and
 * below the way by which arrows of other jobs come in, and what it puts below it.
 */
export interface Block extends Placed {
  readonly id: string
  /** Pixels from that middle to each side. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Of the job's own box. */
  readonly jobWidth: number
}

export interface BlockInput {
  readonly job: Box
  readonly lists: readonly Box[]
  /** Between the job and its lists, and from the job to itself. */
  readonly arrows: readonly Arrow[]
  /** What other jobs pass to it, in words; undefined where none does. */
  readonly passed: string | undefined
}

const space = { beforeJob: 28, betweenLists: 6, belowJob: 7, indent: 26, loop: 8 }

export function blockOf({ job, lists, arrows, passed }: BlockInput): Block {
  const size = sizeOfBox(job)
  const jobBox: PlacedBox = { box: job, x: 0, y: -size.height / 2, ...size }
  const labels = passed === undefined ? [] : [placeLabel(passed)]
  const boxes = [jobBox, ...placeGets(lists, labels[0]?.height), ...placePuts(lists, jobBox)]
  const loops = arrows.some(({ from, to }) => from === to)
  const all = [...boxes, ...labels]
  return {
    id: job.id,
    left: Math.max(...all.map(({ x }) => -x)),
    right: Math.max(...all.map(({ x, width }) => x + width)),
    top: Math.max(...all.map(({ y }) => -y), loops ? size.height / 2 + space.loop : 0),
    bottom: Math.max(...all.map(({ y, height }) => y + height)),
    jobWidth: size.width,
    boxes,
    arrows: arrows.map(arrow => ({ arrow, points: pointsOf(arrow, boxes, jobBox) })),
    labels
  }
}

function placeLabel(text: string): PlacedLabel {
  const size = sizeOfLabel(text)
  return { text, x: -space.beforeJob - size.width, y: -size.height / 2, ...size }
}

/** What starts the job above what it uses; between them the way in, where there is one. */
function placeGets(lists: readonly Box[], wayIn: number | undefined): PlacedBox[] {
  const sized = lists.filter(({ kind }) => kind !== 'puts').map(box => ({ box, ...sizeOfBox(box) }))
  const heightOf = (some: typeof sized): number =>
    some.reduce((sum, { height }) => sum + height + space.betweenLists, -space.betweenLists)
  const above = sized.filter(({ box }) => box.kind === 'starts')
  let y =
    wayIn === undefined
      ? -heightOf(sized) / 2
      : above.length === 0
        ? wayIn / 2 + space.betweenLists
        : -wayIn / 2 - space.betweenLists - heightOf(above)
  return sized.map(({ box, width, height }) => {
    if (wayIn !== undefined && box.kind === 'uses') y = wayIn / 2 + space.betweenLists
    const placed = { box, x: -space.beforeJob - width, y, width, height }
    y += height + space.betweenLists
    return placed
  })
}

function placePuts(lists: readonly Box[], job: PlacedBox): PlacedBox[] {
  return lists
    .filter(({ kind }) => kind === 'puts')
    .map(box => ({ box, x: space.indent, y: job.height / 2 + space.belowJob, ...sizeOfBox(box) }))
}

function pointsOf({ from, to }: Arrow, boxes: readonly PlacedBox[], job: PlacedBox): Point[] {
  const half = job.height / 2
  if (from === to) {
    const [left, right, over] = [space.indent / 2, job.width - space.indent / 2, -half - space.loop]
    return [
      { x: right, y: -half },
      { x: right, y: over },
      { x: left, y: over },
      { x: left, y: -half }
    ]
  }
  const list = boxes.find(({ box }) => box.kind !== 'job' && (box.id === from || box.id === to)) ?? job
  const middle = list.y + list.height / 2
  if (list.box.kind !== 'puts')
    return [
      { x: list.x + list.width, y: middle },
      { x: 0, y: 0 }
    ]
  return [
    { x: space.indent / 2, y: half },
    { x: space.indent / 2, y: middle },
    { x: list.x, y: middle }
  ]
}
