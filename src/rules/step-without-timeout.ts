import type { GetStep, PutStep, RunStep, TaskStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { Report, Rule } from './rule.ts'
import { isBounded } from './time-bounds.ts'

/** A matter of taste: Concourse has no default, and a step that hangs holds its worker until somebody looks. */
export const stepWithoutTimeout: Rule = {
  code: 'step-without-timeout',
  summary: 'A step may take for ever.',
  level: 'off',
  step: { get: checkTimeout, put: checkTimeout, task: checkTimeout, run: checkTimeout }
}

function checkTimeout(placed: PlacedStep<GetStep | PutStep | TaskStep | RunStep>, report: Report): void {
  if (isBounded(placed)) return
  report(placed.path, 'found no timeout of the step, or of one round it', { hint: 'give it a timeout' })
}
