import { originOf, type Origin } from '../concourse/origin.ts'
import type { Finding } from '../core/finding.ts'
import type { Subject } from './subject.ts'
import type { Suppression } from './suppress.ts'

/** Where in a program each part of a pipeline was made: the jobs, resources and steps, by their paths. */
export class Origins {
  readonly #subject: Subject
  #byPath: ReadonlyMap<string, Origin> | undefined

  constructor(subject: Subject) {
    this.#subject = subject
  }

  /** The origin of the innermost part that a path is within. */
  of(path: string): Origin | undefined {
    return this.#all.get(this.#ownerOf(path) ?? '')
  }

  /** What constructors were told to allow. It holds for findings about that part, not for parts within it. */
  suppressions(placeOf: (origin: Origin) => Pick<Finding, 'file' | 'line' | 'column'>): Suppression[] {
    return [...this.#parts()].flatMap(([path, origin]) =>
      Object.entries(origin.allowed).map(([code, reason]) => ({
        code,
        reason,
        covers: finding => this.#ownerOf(finding.path) === path,
        place: { path, ...placeOf(origin) }
      }))
    )
  }

  #ownerOf(path: string): string | undefined {
    let end = path.length
    while (end > 0) {
      const part = path.slice(0, end)
      if (this.#all.has(part)) return part
      end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
    }
    return undefined
  }

  /** Gathered only when somebody asks: most pipelines have no findings. Modifiers share the place of their step. */
  get #all(): ReadonlyMap<string, Origin> {
    this.#byPath ??= new Map(this.#parts())
    return this.#byPath
  }

  *#parts(): Iterable<readonly [string, Origin]> {
    const { pipeline, jobs } = this.#subject
    for (const resource of pipeline.resources) yield* partAt(`resources.${resource.name}`, resource)
    for (const { job, path, steps } of jobs) {
      yield* partAt(path, job)
      let last: string | undefined
      for (const { step, at } of steps) {
        if (at !== last) yield* partAt(at, step)
        last = at
      }
    }
  }
}

function* partAt(path: string, part: object): Iterable<readonly [string, Origin]> {
  const origin = originOf(part)
  if (origin !== undefined) yield [path, origin]
}
