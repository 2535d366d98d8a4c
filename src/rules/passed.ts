import { globToRegExp, isGlob } from '../concourse/glob.ts'
import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'
import { finding, type Rule } from './rule.ts'
import { resourceNameOf, type JobSubject, type Subject } from './subject.ts'

/** A `passed` that names no job, or a job that neither gets nor puts the resource: no version would ever pass. */
export const passed: Rule = function* (subject) {
  for (const { step, path } of subject.steps) {
    if (step.kind !== 'get') continue
    for (const [index, name] of (step.passed ?? []).entries()) {
      yield* checkPassed(name, resourceNameOf(step), `${path}.passed[${index}]`, subject)
    }
  }
}

function* checkPassed(name: string, resource: string, path: string, subject: Subject): Iterable<Finding> {
  const jobs = jobsNamed(name, subject)
  if (jobs.length === 0) {
    const meant = nearestName(name, subject.jobsByName.keys())
    yield finding({
      code: 'unknown-job',
      path,
      message: `found the job ${JSON.stringify(name)}, expected one that the pipeline has`,
      hint: meant === undefined ? 'name a job of this pipeline' : `write ${meant}`
    })
  }
  for (const { job, uses } of jobs) {
    if (uses.has(resource)) continue
    yield finding({
      code: 'passed-without-resource',
      path,
      message: `found the job ${JSON.stringify(job.name)}, expected one that gets or puts ${JSON.stringify(resource)}`,
      hint: `get or put ${resource} in ${job.name}, or leave the job out`
    })
  }
}

function jobsNamed(name: string, { jobs, jobsByName }: Subject): readonly JobSubject[] {
  if (isGlob(name)) {
    const pattern = globToRegExp(name)
    return jobs.filter(({ job }) => pattern.test(job.name))
  }
  const job = jobsByName.get(name)
  return job === undefined ? [] : [job]
}
