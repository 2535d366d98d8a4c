import type { Rule } from './rule.ts'

export const runDoesNothing: Rule = {
  code: 'run-does-nothing',
  summary: 'A run step succeeds without doing anything.',
  level: 'warning',
  step: {
    run({ path }, report) {
      report(path, 'found a run step, which Concourse 8.3 only pretends to run', { hint: 'write a task' })
    }
  }
}
