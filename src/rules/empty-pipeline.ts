import type { Rule } from './rule.ts'

export const emptyPipeline: Rule = {
  code: 'empty-pipeline',
  summary: 'A pipeline has no job.',
  level: 'error',
  pipeline({ jobs }, report) {
    if (jobs.length === 0) report('jobs', 'found no job, expected at least one', { hint: 'add a job' })
  }
}
