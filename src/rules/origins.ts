import type { Pipeline } from '../concourse/model.ts'
import { originOf, type Origin } from '../concourse/origin.ts'
import type { Finding } from '../core/finding.ts'
import type { Subject } from './subject.ts'
import type { Suppression } from './suppress.ts'

/** What a constructor made: a job, a step, a resource, a type, a var source. */
interface Part {
  readonly path: string
  /** Undefined where nobody noted its call. */
  readonly origin: Origin | undefined
}

/** Where in a program each part of a pipeline was made, by their paths. */
export class Origins {
  readonly #subject: Subject
  #byPath: ReadonlyMap<string, Part> | undefined

  constructor(subject: Subject) {
    this.#subject = subject
  }

  /** The origin of the innermost part that a path is within. */
  of(path: string): Origin | undefined {
    return this.#ownerOf(path)?.origin
  }

  /** What constructors were told to allow. It holds for findings about that part, not for parts within it. */
  suppressions(
    placeOf: (origin: Origin | undefined) => Pick<Finding, 'file' | 'line' | 'column'>
  ): Suppression[] {
    const suppressions: Suppression[] = []
    this.#visit(({ path, origin }) => {
      if (origin === undefined) return
      for (const code of Object.keys(origin.allowed)) {
        suppressions.push({
          code,
          reason: origin.allowed[code] ?? '',
          covers: finding => this.#ownerOf(finding.path)?.path === path,
          place: { path, ...placeOf(origin) }
        })
      }
    })
    return suppressions
  }

  #ownerOf(path: string): Part | undefined {
    // Gathered only when somebody asks: most pipelines have no findings.
    this.#byPath ??= this.#gathered()
    let end = path.length
    while (end > 0) {
      const part = this.#byPath.get(path.slice(0, end))
      if (part !== undefined) return part
      end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
    }
    return undefined
  }

  /** A part whose call nobody noted has its place as well: what is allowed round it does not reach into it. */
  #gathered(): ReadonlyMap<string, Part> {
    const byPath = new Map<string, Part>()
    this.#visit((part, otherPath) => {
      byPath.set(part.path, part)
      if (otherPath !== undefined) byPath.set(otherPath, part)
    })
    return byPath
  }

  /** Things of one name are told apart by where they are in their list; `otherPath` says so. */
  #visit(visit: (part: Part, otherPath?: string) => void): void {
    const { pipeline, jobs } = this.#subject
    for (const [section, things = []] of Object.entries(sectionsOf(pipeline))) {
      for (const [index, thing] of things.entries()) {
        visit({ path: `${section}.${thing.name}`, origin: originOf(thing) }, `${section}[${index}]`)
      }
    }
    for (const { steps } of jobs) {
      let last: string | undefined
      for (const { step, at } of steps) {
        // Modifiers share the place of their step, and its origin.
        if (at !== last) visit({ path: at, origin: originOf(step) })
        last = at
      }
    }
  }
}

/** What is made by constructors and has a name, by the word that begins its path. */
function sectionsOf(pipeline: Pipeline) {
  const { var_sources, resource_types, prototypes, resources, jobs } = pipeline
  return { var_sources, resource_types, prototypes, resources, jobs }
}
