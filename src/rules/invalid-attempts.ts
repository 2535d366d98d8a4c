import { finding, type Rule } from './rule.ts'

/** Fewer than one try. */
export const invalidAttempts: Rule = function* ({ steps }) {
  for (const { step, path } of steps) {
    if (step.kind !== 'attempts' || step.attempts >= 1) continue
    yield finding({
      code: 'invalid-attempts',
      path: `${path}.attempts`,
      message: `found ${step.attempts}, expected at least 1: it counts all tries`,
      hint: 'count the first try too'
    })
  }
}
