import type { PutStep } from '../concourse/model.ts'
import { lockUseOf } from './lock-steps.ts'
import type { Rule } from './rule.ts'
import { resourceNameOf, type Subject } from './subject.ts'
import { isRepeated } from './time-bounds.ts'

/** The get after a put is part of the try: where it fails, the put is done again. */
export const putWithAttempts: Rule = {
  code: 'put-with-attempts',
  summary: 'A put is tried again that does more each time.',
  level: 'warning',
  step: {
    put(placed, report, subject) {
      const effect = effectOf(placed.step, subject)
      if (effect === undefined || !isRepeated(placed)) return
      report(placed.path, `found attempts of a put that ${effect} with each of them`, {
        hint: 'drop attempts, and let a person look'
      })
    }
  }
}

function effectOf(step: PutStep, subject: Subject): string | undefined {
  const { params = {} } = step
  if (params['acquire'] !== undefined && lockUseOf(step, subject) === 'claim') return 'claims another lock'
  const type = subject.resourcesByName.get(resourceNameOf(step))?.type
  return type === 'semver' && ('bump' in params || 'pre' in params) ? 'raises the version' : undefined
}
