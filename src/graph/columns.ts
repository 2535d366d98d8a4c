/** Blocks that stand one above the other; their jobs begin on one line. */
export interface Column {
  /** Where the jobs begin. */
  readonly jobs: number
  readonly left: number
  readonly right: number
}

export interface Columns {
  readonly width: number
  /** The column of a rank, by the middle that the ranking gave it. */
  readonly at: (middle: number) => Column | undefined
}

interface Sides {
  readonly left: number
  readonly right: number
}

/** For the arrows between two columns. */
const gap = 56

/** Places of columns from left to right, each as wide as what stands in it. */
export function columnsOf(blocks: readonly (Sides & { readonly middle: number })[]): Columns {
  const sides = new Map<number, Sides>()
  for (const { left, right, middle } of blocks) {
    const key = Math.round(middle)
    const before = sides.get(key) ?? { left: 0, right: 0 }
    sides.set(key, { left: Math.max(before.left, left), right: Math.max(before.right, right) })
  }
  const columns = new Map<number, Column>()
  let x = 0
  for (const [key, { left, right }] of [...sides].sort(([a], [b]) => a - b)) {
    columns.set(key, { left: x, jobs: x + left, right: x + left + right })
    x += left + right + gap
  }
  return { width: Math.max(0, x - gap), at: middle => columns.get(Math.round(middle)) }
}
