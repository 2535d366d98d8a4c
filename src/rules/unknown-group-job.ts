import { nearestName } from '../core/nearest.ts'
import { groupEntries } from './group-jobs.ts'
import { openNames } from './open-names.ts'
import type { Rule } from './rule.ts'

/** Silent where a name holds a var: fly may make any job of it. */
export const unknownGroupJob: Rule = {
  code: 'unknown-group-job',
  summary: 'A group names no job of the pipeline.',
  level: 'error',
  pipeline(subject, report) {
    if (openNames(subject).jobs) return
    for (const { path, text, isOpen, jobs } of groupEntries(subject)) {
      if (isOpen || jobs === undefined || jobs.length > 0) continue
      const meant = nearestName(text, subject.jobsByName.keys())
      report(path, `found the job ${JSON.stringify(text)}, expected one that the pipeline has`, {
        hint: meant === undefined ? 'remove it, or add the job' : `write ${meant}`
      })
    }
  }
}
