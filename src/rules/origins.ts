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
    const suppressions: Suppression[] = []
    this.#visit((path, origin) => {
      for (const code of Object.keys(origin.allowed)) {
        suppressions.push({
          code,
          reason: origin.allowed[code] ?? '',
          covers: finding => this.#ownerOf(finding.path) === path,
          place: { path, ...placeOf(origin) }
        })
      }
    })
    return suppressions
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

  /** Gathered only when somebody asks: most pipelines have no findings. */
  get #all(): ReadonlyMap<string, Origin> {
    if (this.#byPath === undefined) {
      const byPath = new Map<string, Origin>()
      this.#visit((path, origin) => byPath.set(path, origin))
      this.#byPath = byPath
    }
    return this.#byPath
  }

  #visit(visit: (path: string, origin: Origin) => void): void {
    const { pipeline, jobs } = this.#subject
    const visitPart = (path: string, part: object): void => {
      const origin = originOf(part)
      if (origin !== undefined) visit(path, origin)
    }
    for (const resource of pipeline.resources) visitPart(`resources.${resource.name}`, resource)
    for (const { job, path, steps } of jobs) {
      visitPart(path, job)
      let last: string | undefined
      for (const { step, at } of steps) {
        // Modifiers share the place of their step, and its origin.
        if (at !== last) visitPart(at, step)
        last = at
      }
    }
  }
}
