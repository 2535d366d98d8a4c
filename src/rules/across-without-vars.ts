import type { Rule } from './rule.ts'

/** Concourse refuses it (concourse v8.3, atc/step_validator.go). */
export const acrossWithoutVars: Rule = {
  code: 'across-without-vars',
  summary: 'An across has no vars.',
  level: 'error',
  step: {
    across({ step, path }, report) {
      if (step.across.length > 0) return
      report(path, 'found no vars, expected at least one', {
        hint: 'name a var and its values, or remove across'
      })
    }
  }
}
