import { hasVar } from './has-var.ts'
import type { Subject } from './subject.ts'

/** Where fly may still make any name: nothing can be said of names that are not there. */
export interface OpenNames {
  readonly jobs: boolean
  readonly resources: boolean
}

const known = new WeakMap<Subject, OpenNames>()

/** Whether names of jobs and of resources hold vars; looked for once. */
export function openNames(subject: Subject): OpenNames {
  const before = known.get(subject)
  if (before !== undefined) return before
  const { jobs, resources } = subject.pipeline
  const open = {
    jobs: jobs.some(({ name }) => hasVar(name)),
    resources: resources.some(({ name }) => hasVar(name))
  }
  known.set(subject, open)
  return open
}
