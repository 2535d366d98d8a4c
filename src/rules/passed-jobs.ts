import { globMatcher, isGlob } from '../concourse/glob.ts'
import { once } from '../concourse/once.ts'
import type { JobSubject, Subject } from './subject.ts'

const matchesOf = once('passed jobs', () => new Map<string, readonly JobSubject[]>())

/** The jobs that an entry of `passed` names: one by its name, or those that a glob matches, looked for once. */
export function passedJobs(name: string, subject: Subject): readonly JobSubject[] {
  const byGlob = matchesOf(subject)
  const known = byGlob.get(name)
  if (known !== undefined) return known
  const jobs = jobsNamed(name, subject)
  byGlob.set(name, jobs)
  return jobs
}

function jobsNamed(name: string, { jobs, jobsByName }: Subject): readonly JobSubject[] {
  if (isGlob(name)) {
    const matches = globMatcher(name)
    return jobs.filter(({ job }) => matches(job.name))
  }
  const job = jobsByName.get(name)
  return job === undefined ? [] : [job]
}
