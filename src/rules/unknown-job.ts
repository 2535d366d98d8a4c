import { nearestName } from '../core/nearest.ts'
import { hasVar } from './has-var.ts'
import { openNames } from './open-names.ts'
import { passedJobs } from './passed-jobs.ts'
import type { Rule } from './rule.ts'

/** Silent where a name holds a var: fly may make any job of it. */
export const unknownJob: Rule = {
  code: 'unknown-job',
  summary: 'A passed names no job of the pipeline.',
  level: 'error',
  step: {
    get({ step, path }, report, subject) {
      if (step.passed === undefined || openNames(subject).jobs) return
      for (const [index, name] of step.passed.entries()) {
        if (hasVar(name) || passedJobs(name, subject).length > 0) continue
        const meant = nearestName(name, subject.jobsByName.keys())
        report(
          `${path}.passed[${index}]`,
          `found the job ${JSON.stringify(name)}, expected one that the pipeline has`,
          { hint: meant === undefined ? 'name a job of this pipeline' : `write ${meant}` }
        )
      }
    }
  }
}
