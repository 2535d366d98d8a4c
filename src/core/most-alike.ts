import type { Severity } from './finding.ts'

interface Alike {
  readonly code: string
  readonly severity?: Severity
  readonly message: string
  readonly more?: number
}

interface Kind<T> {
  told: number
  last: T
  untold: number
  /** Of those that are left out. */
  readonly places: Set<number>
}

/**
 * Lets the first findings of each kind through and counts the others, so that a large text of which every line is wrong
 * takes no memory for all of it. A kind is a code that counts alike, so that no error is left out for warnings.
 */
export class MostAlike<T extends Alike> {
  readonly #most: number
  readonly #kinds = new Map<string, Kind<T>>()

  /** `most` are told of each kind. */
  constructor(most: number) {
    this.#most = most
  }

  /** Whether it is to be kept. What is left out is counted once for each place, if it has one. */
  takes(found: T, place?: number): boolean {
    const name = `${found.severity ?? 'error'} ${found.code}`
    let kind = this.#kinds.get(name)
    if (kind === undefined) {
      kind = { told: 0, last: found, untold: 0, places: new Set() }
      this.#kinds.set(name, kind)
    }
    if (kind.told < this.#most) {
      kind.told += 1
      kind.last = found
      return true
    }
    if (place === undefined || !kind.places.has(place)) kind.untold += 1 + (found.more ?? 0)
    if (place !== undefined) kind.places.add(place)
    return false
  }

  /** Those that were kept; the last of a kind says how many more there are. */
  counted(kept: Iterable<T>): readonly T[] {
    const cut = [...this.#kinds.values()].filter(({ untold }) => untold > 0)
    const untold = new Map(cut.map(kind => [kind.last, kind.untold]))
    return Array.from(kept, found => {
      const more = untold.get(found)
      if (more === undefined) return found
      return { ...found, message: `${found.message}; ${more} more like it are not shown`, more }
    })
  }
}
