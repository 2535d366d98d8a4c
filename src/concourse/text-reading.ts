import { mostAlikeInFile, type Finding } from '../core/finding.ts'
import { MostAlike } from '../core/most-alike.ts'
import type { Release } from './release.ts'
import type { Problem, Reading } from './shape.ts'

/** Where something stands in a text; both counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Gathers what is found while a text is read, and remembers where each path stands in it. */
export class TextReading implements Reading {
  readonly #file: string
  readonly #text: string
  readonly #problems = new Map<string, Problem>()
  readonly #alike = new MostAlike<Problem>(mostAlikeInFile)
  readonly target: Release
  /** Paths and offsets in the order of reading, unsorted until somebody asks: most texts have few findings. */
  readonly #placed: [path: string, at: number][] = []
  readonly #findLenders: () => ReadonlySet<number>
  #lenders: ReadonlySet<number> | undefined
  #offsets: ReadonlyMap<string, number> | undefined
  #lineStarts: readonly number[] | undefined

  /** `findLenders` gives where the keys begin that lend anchors; few texts have a key for which it is asked. */
  constructor(file: string, text: string, target: Release, findLenders: () => ReadonlySet<number>) {
    this.#findLenders = findLenders
    this.#file = file
    this.#text = text
    this.target = target
  }

  report(problem: Problem): void {
    // What is wrong below an anchor is told once, not again at each of its aliases.
    const key = `${problem.at ?? problem.path} ${problem.code} ${problem.message}`
    if (this.#problems.has(key)) return
    if (this.#alike.takes(problem, problem.at)) this.#problems.set(key, problem)
  }

  place(path: string, at: number): void {
    this.#placed.push([path, at])
  }

  lendsAnchors(at: number): boolean {
    this.#lenders ??= this.#findLenders()
    return this.#lenders.has(at)
  }

  /** The position of a path, or of the nearest thing round it that stands in the text. */
  positionOf(path: string): Position | undefined {
    // Of two with one path the first counts, so it comes last.
    this.#offsets ??= new Map(this.#placed.toReversed())
    for (let known = path; known !== ''; known = parentOf(known)) {
      const offset = this.#offsets.get(known)
      if (offset !== undefined) return this.positionAt(offset)
    }
    return undefined
  }

  /** In the order of the file. */
  findings(): Finding[] {
    const problems = this.#alike.counted(this.#problems.values())
    const sorted = problems.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
    return sorted.map(({ at, ...problem }) => ({
      severity: 'error',
      ...problem,
      file: this.#file,
      ...this.positionAt(at ?? 0)
    }))
  }

  positionAt(offset: number): Position {
    this.#lineStarts ??= [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)]
    let [low, high] = [0, this.#lineStarts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 }
  }
}

/** `jobs.a.plan[2].task(x).params` → `jobs.a.plan[2].task(x)` → `jobs.a.plan[2]` → `jobs.a.plan` … */
function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0))
}
