import type { Rule } from './rule.ts'
import { isRepeated } from './time-bounds.ts'

/** A matter of taste: most gets fail because of the network, and succeed a minute later. */
export const getWithoutAttempts: Rule = {
  code: 'get-without-attempts',
  summary: 'A get is tried only once.',
  level: 'off',
  step: {
    get(placed, report) {
      if (isRepeated(placed)) return
      report(placed.path, 'found no attempts of the get, or of a step round it', {
        hint: 'write attempts: 3'
      })
    }
  }
}
