import { nearestName } from '../core/nearest.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

export const unknownPrototype: Rule = {
  code: 'unknown-prototype',
  summary: 'A run step is of a prototype that the pipeline does not have.',
  level: 'error',
  step: {
    run({ step, path }, report, { pipeline }) {
      const names = (pipeline.prototypes ?? []).map(({ name }) => name)
      if (names.includes(step.type) || hasVar(step.type) || names.some(hasVar)) return
      const meant = nearestName(step.type, names)
      report(
        `${path}.type`,
        `found the prototype ${JSON.stringify(step.type)}, expected one that the pipeline has`,
        { hint: meant === undefined ? 'add it to the prototypes' : `write ${meant}` }
      )
    }
  }
}
