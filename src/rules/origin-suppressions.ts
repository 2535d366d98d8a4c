import { originOf, type Origin } from '../concourse/origin.ts'
import type { Pipeline } from '../concourse/model.ts'
import { stepsOf } from '../concourse/walk.ts'
import type { Suppression } from './suppress.ts'

/** Where in a program each part of a pipeline was made. */
export interface Origins {
  /** Of the innermost part that a path is within. */
  readonly originOf: (path: string) => Origin | undefined
  readonly suppressions: readonly Suppression[]
}

/** What constructors remember of the parts of a pipeline. */
export function originsOf(pipeline: Pipeline): Origins {
  const origins = new Map<string, Origin>()
  const add = (path: string, part: object): void => {
    const origin = originOf(part)
    if (origin !== undefined && !origins.has(path)) origins.set(path, origin)
  }
  for (const resource of pipeline.resources) add(`resources.${resource.name}`, resource)
  for (const job of pipeline.jobs) add(`jobs.${job.name}`, job)
  for (const { step, at } of stepsOf(pipeline)) add(at, step)
  const ownerOf = (path: string): string | undefined => {
    for (
      let end = path.length;
      end > 0;
      end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
    ) {
      if (origins.has(path.slice(0, end))) return path.slice(0, end)
    }
    return undefined
  }
  const suppressions = [...origins].flatMap(([owner, { allowed }]) =>
    Object.entries(allowed).map(([code, reason]) => ({
      code,
      reason,
      covers: ({ path }: { readonly path: string }) => ownerOf(path) === owner,
      place: { path: owner }
    }))
  )
  return { originOf: path => origins.get(ownerOf(path) ?? ''), suppressions }
}
