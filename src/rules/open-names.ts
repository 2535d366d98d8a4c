import { once } from '../concourse/once.ts'
import { hasVar } from './has-var.ts'
import type { Subject } from './subject.ts'

/** Where fly may still make any name: nothing can be said of names that are not there. */
export interface OpenNames {
  readonly jobs: boolean
  readonly resources: boolean
}

/** Whether names of jobs and of resources hold vars; looked for once. */
export const openNames = once('open names', ({ pipeline: { jobs, resources } }: Subject): OpenNames => ({
  jobs: jobs.some(({ name }) => hasVar(name)),
  resources: resources.some(({ name }) => hasVar(name))
}))
