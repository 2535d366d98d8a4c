import { hasVar } from './has-var.ts'
import { passedJobs } from './passed-jobs.ts'
import type { Rule } from './rule.ts'
import { resourceNameOf } from './subject.ts'

/** No version would ever pass through a job that neither gets nor puts the resource. */
export const passedWithoutResource: Rule = {
  code: 'passed-without-resource',
  summary: 'A passed names a job that neither gets nor puts the resource.',
  level: 'error',
  step: {
    get({ step, path }, report, subject) {
      const resource = resourceNameOf(step)
      if (step.passed === undefined || hasVar(resource)) return
      for (const [index, name] of step.passed.entries()) {
        for (const { job, uses } of passedJobs(name, subject)) {
          if (uses.has(resource) || [...uses].some(hasVar)) continue
          report(
            `${path}.passed[${index}]`,
            `found the job ${JSON.stringify(job.name)}, expected one that gets or puts ${JSON.stringify(resource)}`,
            { hint: `get or put ${resource} in ${job.name}, or leave the job out` }
          )
        }
      }
    }
  }
}
