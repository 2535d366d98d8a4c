import { exitCodes } from '../core/errors.ts'
import type { StepOutcome } from '../core/run-event.ts'
import type { Interruption } from './scope.ts'

/** What went wrong first, and where: one get, put or task. */
export interface Cause {
  /** Concourse's notation: `jobs.repave.plan[2].task(deploy-cf)`. */
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** What the run ends in if nothing failed before. */
  readonly exitCode: number
  /** Of the task's own program. */
  readonly programExitCode?: number
}

/**
 * How a step ended, as Concourse tells it apart (concourse v8.3, atc/exec: a step gives `ok` and an error). A failed step
 * ran and said no; an errored one could not run to its end. An error that gathers several is an abort as soon as one of
 * them is.
 */
export type Ending = Succeeded | Failed | Errored

export interface Succeeded {
  readonly kind: 'succeeded'
}

export interface Failed {
  readonly kind: 'failed'
  /** It ran out of time, which counts as a failure. */
  readonly timedOut: boolean
  readonly cause: Cause
}

export interface Errored {
  readonly kind: 'errored'
  readonly aborted: boolean
  /** A deadline round the step passed. */
  readonly late: boolean
  readonly cause: Cause
}

export const succeeded: Succeeded = { kind: 'succeeded' }

export function failed(cause: Cause): Failed {
  return { kind: 'failed', timedOut: false, cause }
}

export function timedOut(cause: Cause): Failed {
  return { kind: 'failed', timedOut: true, cause }
}

export function errored(cause: Cause): Errored {
  return { kind: 'errored', aborted: false, late: false, cause }
}

/** The scope of a step ended before the step did. */
export function interrupted(interruption: Interruption, cause: Cause): Errored {
  return {
    kind: 'errored',
    aborted: interruption === 'cancelled',
    late: interruption === 'deadline',
    cause
  }
}

/** Two errors as one; what went wrong first is its cause. */
export function both(first: Errored, second: Errored): Errored {
  return {
    kind: 'errored',
    aborted: first.aborted || second.aborted,
    late: first.late || second.late,
    cause: first.cause
  }
}

/** The outcome that people see. */
export function outcomeOf(ending: Ending): StepOutcome {
  switch (ending.kind) {
    case 'succeeded':
      return 'succeeded'
    case 'failed':
      return ending.timedOut ? 'timed-out' : 'failed'
    case 'errored':
      if (ending.aborted) return 'aborted'
      return ending.late ? 'timed-out' : 'errored'
  }
}

export function causeOf(ending: Ending): Cause | undefined {
  return ending.kind === 'succeeded' ? undefined : ending.cause
}

/** What a shell reports for a program that Ctrl-C ended: 128 and the number of SIGINT. */
export const abortedExitCode = 130

/** The cause where a step was cut short and nothing had gone wrong before. */
export function interruptionOf(path: string, interruption: Interruption): Cause {
  return interruption === 'deadline'
    ? { path, message: 'time ran out', exitCode: exitCodes.timeout }
    : { path, message: 'it was aborted', exitCode: abortedExitCode }
}
