import type { Job, Resource } from './model.ts'

/** Names of jobs by Go's notation (https://pkg.go.dev/path#Match), e.g. `unit-*`. @since Concourse 8.1 */
export type JobGlob = `${string}${'*' | '?' | '[' | '\\'}${string}`

/** Names of jobs as groups write them: `{a,b}` is one of two. */
export type GroupGlob = JobGlob | `${string}{${string}`

/** A job by its name alone. */
export interface NamedJob {
  readonly jobName: string
}

/** A resource by its name alone. */
export interface NamedResource {
  readonly resourceName: string
}

/** Names a job that is not defined above: it stands below or elsewhere. Nothing but the emitted pipeline can be checked then. */
export function jobNamed(name: string): NamedJob {
  return { jobName: name }
}

/** Names a resource that the pipeline does not define here, e.g. because its text is joined with others. */
export function resourceNamed(name: string): NamedResource {
  return { resourceName: name }
}

export function nameOfJob(job: Job | NamedJob | string): string {
  if (typeof job === 'string') return job
  return 'jobName' in job ? job.jobName : job.name
}

export function nameOfResource(resource: Resource | NamedResource): string {
  return 'resourceName' in resource ? resource.resourceName : resource.name
}
