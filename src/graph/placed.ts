import type { Size } from './box-size.ts'
import type { Arrow, Box } from './drawing.ts'
import type { Point } from './route.ts'

/** What is placed, in pixels. */
export interface Placed {
  readonly boxes: readonly PlacedBox[]
  readonly arrows: readonly PlacedArrow[]
  readonly labels: readonly PlacedLabel[]
}

/** By its top left corner. */
export interface PlacedBox extends Point, Size {
  readonly box: Box
}

export interface PlacedArrow {
  readonly arrow: Arrow
  /** From the side of one box to that of another. */
  readonly points: readonly Point[]
}

/** What is passed to a job, once for all arrows that lead to it; by its top left corner. */
export interface PlacedLabel extends Point, Size {
  readonly text: string
}
