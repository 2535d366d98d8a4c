import type { GetStep, PutStep, RunStep, TaskStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'

/** Whether a step ends by itself at some time: its own, or that of a step round it. */
export function isBounded(placed: PlacedStep<GetStep | PutStep | TaskStep | RunStep>): boolean {
  if (placed.step.timeout !== undefined) return true
  return isWithin(placed, 'timeout')
}

/** Whether a step is to be tried more than once: it, or a step round it. A hook is none of the step that it is on. */
export function isRepeated(placed: PlacedStep): boolean {
  return isWithin(placed, 'attempts')
}

function isWithin({ parent }: PlacedStep, kind: 'timeout' | 'attempts'): boolean {
  for (let outer = parent; outer !== undefined; outer = outer.parent)
    if (outer.step.kind === kind) return true
  return false
}
