import { MostAlike } from '../core/most-alike.ts'
import type { Remark } from './yaml-node.ts'

/** Gathers what is odd about a text or a map: of one kind the first hundred, and how many more there are. */
export class Remarks {
  // Whoever mends these sees the others at the next reading.
  readonly #alike = new MostAlike<Remark>(100)
  readonly #told: Remark[] = []

  add(remark: Remark): void {
    if (this.#alike.takes(remark)) this.#told.push(remark)
  }

  all(): readonly Remark[] {
    return this.#alike.counted(this.#told)
  }
}

/** That the text is no YAML at an offset. */
export function syntaxError(at: number, message: string, hint?: string): Remark {
  return { code: 'yaml-syntax', severity: 'error', message, ...(hint !== undefined && { hint }), at }
}
