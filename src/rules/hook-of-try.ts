import type { HookStep, Step } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { Report, Rule } from './rule.ts'

/** A try succeeds whatever its step does; but for an abort, nothing comes through (concourse v8.3, atc/exec/try_step.go). */
export const hookOfTry: Rule = {
  code: 'hook-of-try',
  summary: 'A hook on failure or error stands round a try, which has neither.',
  level: 'warning',
  step: { on_failure: checkHook, on_error: checkHook }
}

function checkHook({ step, path }: PlacedStep<HookStep>, report: Report): void {
  if (!isTry(step.step)) return
  report(`${path}.${step.kind}`, `found ${step.kind} of a try, which always succeeds: it never runs`, {
    hint: `put it on the step within try`
  })
}

/** Through the modifiers that stand between a try and its hook, and add no failure of their own. */
function isTry(step: Step): boolean {
  if (step.kind === 'try') return true
  if (step.kind === 'on_success') return isTry(step.step) && isTry(step.hook)
  return transparent.has(step.kind) && 'step' in step && isTry(step.step)
}

const transparent: ReadonlySet<Step['kind']> = new Set<Step['kind']>([
  'attempts',
  'timeout',
  'on_failure',
  'on_error',
  'on_abort'
])
