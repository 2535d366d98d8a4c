import { isOfPool, lockUseOf } from './lock-steps.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { PutStep } from '../concourse/model.ts'
import type { Rule } from './rule.ts'
import { isBounded } from './time-bounds.ts'
import type { Subject } from './subject.ts'

/** A pool waits until a lock is free, if need be for ever. */
export const waitWithoutTimeout: Rule = {
  code: 'wait-without-timeout',
  summary: 'A step waits for a lock, and may wait for ever.',
  level: 'warning',
  step: {
    put(placed, report, subject) {
      if (!waits(placed, subject) || isBounded(placed)) return
      report(placed.path, 'found a put that waits for a lock as long as it takes', {
        hint: 'give it a timeout'
      })
    }
  }
}

/** Of the pool's params, those that wait for somebody else. */
const waiting = ['check', 'check_unclaimed', 'update']

function waits({ step }: PlacedStep<PutStep>, subject: Subject): boolean {
  if (lockUseOf(step, subject) === 'claim') return true
  return isOfPool(step, subject) && waiting.some(key => typeof step.params?.[key] === 'string')
}
