import type { CellResult } from '../core/matrix-results.ts'
import type { Cell } from './matrix.ts'
import type { Prober } from './prober.ts'
import { tryCell, type TryOptions } from './try-cell.ts'

export interface RunOptions extends TryOptions {
  /** How many cells are tried at a time. @default 4 */
  readonly atOnce?: number
}

/**
 * Tries every cell: in their order where cells share both ends, for the policy of one must not open another; the others side by side.
 * What does not do as expected is tried again; where it then does, it is a flake, and told as one, never as a pass.
 */
export async function runMatrix(
  cells: readonly Cell[],
  prober: Prober,
  options: RunOptions
): Promise<CellResult[]> {
  const results = new Map<Cell, CellResult>()
  const lanes = lanesOf(cells)
  const workInTurn = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const cell of lane) results.set(cell, await tryCell(cell, prober, options))
    }
  }
  await Promise.all(Array.from({ length: options.atOnce ?? 4 }, workInTurn))
  return cells.flatMap(cell => results.get(cell) ?? [])
}

function lanesOf(cells: readonly Cell[]): Cell[][] {
  const lanes = new Map<string, Cell[]>()
  for (const cell of cells) {
    const ends = `${cell.from} ${cell.to}`
    lanes.set(ends, [...(lanes.get(ends) ?? []), cell])
  }
  return [...lanes.values()]
}
