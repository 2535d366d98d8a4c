import { groupEntries } from './group-jobs.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** Silent where an entry of a group or the job's name holds a var: fly may make the one of the other. */
export const ungroupedJob: Rule = {
  code: 'ungrouped-job',
  summary: 'A job is in no group, although the pipeline has groups.',
  level: 'error',
  pipeline(subject, report) {
    if ((subject.pipeline.groups ?? []).length === 0) return
    const entries = groupEntries(subject)
    if (entries.some(({ isOpen }) => isOpen)) return
    const grouped = new Set(entries.flatMap(({ jobs = [] }) => jobs))
    for (const { job, path } of subject.jobsByName.values()) {
      if (grouped.has(job.name) || hasVar(job.name)) continue
      report(path, 'found a job in no group, expected each in one, since there are groups', {
        hint: `add ${job.name} to the jobs of a group`
      })
    }
  }
}
