import type { Rule } from './rule.ts'

export const invalidAttempts: Rule = {
  code: 'invalid-attempts',
  summary: 'A step is to be tried less than once.',
  level: 'error',
  step: {
    attempts({ step: { attempts }, path }, report) {
      if (attempts >= 1) return
      report(`${path}.attempts`, `found ${attempts}, expected at least 1: it counts all tries`, {
        hint: 'count the first try too'
      })
    }
  }
}
