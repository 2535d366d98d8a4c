import { globToRegExp, isGlob } from '../concourse/glob.ts'
import type { JobSubject, Subject } from './subject.ts'

/** The jobs that an entry of `passed` names: one by its name, or those that a glob matches. */
export function passedJobs(name: string, { jobs, jobsByName }: Subject): readonly JobSubject[] {
  if (isGlob(name)) {
    const pattern = globToRegExp(name)
    return jobs.filter(({ job }) => pattern.test(job.name))
  }
  const job = jobsByName.get(name)
  return job === undefined ? [] : [job]
}
