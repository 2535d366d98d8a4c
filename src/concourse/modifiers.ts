import type { HookKind, Step } from './model.ts'
import { shareOrigin, type Allowed } from './origin.ts'
import { timeText, type Time } from './duration-text.ts'

/** What may be said round any step: what runs after it. */
export interface HookOptions {
  /** Findings that are no matter here, by the code of their rule, and why. */
  readonly allow?: Allowed
  readonly onSuccess?: Step
  /** Also when its time ran out. */
  readonly onFailure?: Step
  readonly onAbort?: Step
  /** When it could not run to its end, e.g. for want of a worker. */
  readonly onError?: Step
  /** Runs whatever the outcome, abort included. */
  readonly ensure?: Step
}

/** Modifiers of any step, applied in the order in which Concourse nests them. */
export interface ModifierOptions extends HookOptions {
  /** Tries in all. @default 1 */
  readonly attempts?: number
}

/** What every step may say. */
export interface GroupOptions extends ModifierOptions {
  /** Per try. @default for ever */
  readonly timeout?: Time
}

/** What a step that runs a container, or holds such steps, may say. */
export interface StepOptions extends GroupOptions {
  /** Of the workers that may run it. */
  readonly tags?: readonly string[]
}

const hooksInsideOut = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const
const optionOf = {
  on_success: 'onSuccess',
  on_failure: 'onFailure',
  on_abort: 'onAbort',
  on_error: 'onError',
  ensure: 'ensure'
} as const satisfies Record<HookKind, keyof HookOptions>

/** Wraps a step from inside out, as Concourse nests: attempts, on_success, on_failure, on_abort, on_error, ensure. */
export function modify(step: Step, options: ModifierOptions): Step {
  const { attempts } = options
  let wrapped = step
  if (attempts !== undefined) wrapped = made({ kind: 'attempts', step, attempts }, step)
  for (const kind of hooksInsideOut) {
    const hook = options[optionOf[kind]]
    if (hook !== undefined) wrapped = made({ kind, step: wrapped, hook }, step)
  }
  return wrapped
}

/** A step by the call that made another. */
function made(step: Step, other: Step): Step {
  shareOrigin(other, step)
  return step
}

/** As `modify`, for steps that have no `timeout` of their own: it stands nearest to the step. */
export function modifyAndBound(step: Step, options: GroupOptions): Step {
  const timeout = timeText(options.timeout)
  if (timeout === undefined) return modify(step, options)
  return modify(made({ kind: 'timeout', step, timeout }, step), options)
}
