import { exitCodes, messageOf, UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import type { StepOutcome } from '../core/run-event.ts'
import { abortedExitCode, causeOf, outcomeOf, type Cause, type Ending } from './ending.ts'
import { mapTexts } from '../concourse/json.ts'
import type { RunContext } from './run-context.ts'
import { writeRunFile, type RunFile } from './run-file.ts'

/** Says that a run has begun, in its file and as its first event. */
export async function recordBegin(context: RunContext, dir: string): Promise<RunFile> {
  const { journal, build, environment, now } = context
  const { pid } = process
  const file: RunFile = { ...build, state: 'running', pid, startedAt: now().toISOString() }
  await writeRunFile(dir, file)
  journal.emit({ kind: 'run-started', ...build, ...given('environment', environment), pid })
  return file
}

/** How a job ends. One whose step ran out of time has failed. */
export type RunOutcome = Exclude<StepOutcome, 'timed-out'>

/** How a whole run ended. */
export interface RunEnd {
  readonly outcome: RunOutcome
  readonly exitCode: number
  readonly tookMillis: number
  readonly failure?: Cause
  /** Kept artifacts: name → absolute path. */
  readonly artifacts: Readonly<Record<string, string>>
}

/** Sums up how a job ended; its failure is told without secrets. */
export function runEnd(
  { redactor }: RunContext,
  ending: Ending,
  artifacts: Readonly<Record<string, string>>,
  millis: number
): RunEnd {
  const stepOutcome = outcomeOf(ending)
  const outcome = stepOutcome === 'timed-out' ? 'failed' : stepOutcome
  const cause = causeOf(ending)
  const failure = cause === undefined ? undefined : mapTexts(cause, text => redactor.redact(text))
  const exitCode = outcome === 'aborted' ? abortedExitCode : (failure?.exitCode ?? exitCodes.done)
  return { outcome, exitCode, tookMillis: Math.round(millis), artifacts, ...given('failure', failure) }
}

/** Says how a run has ended, as its last event and in its file. */
export async function recordEnd(
  { journal, now }: RunContext,
  dir: string,
  begun: RunFile,
  { outcome, exitCode, tookMillis, failure, artifacts }: RunEnd
): Promise<void> {
  const firstFailure = given('firstFailure', failure?.path)
  journal.emit({ kind: 'run-finished', outcome, exitCode, tookMillis, ...firstFailure })
  await writeRunFile(dir, {
    ...begun,
    state: 'finished',
    finishedAt: now().toISOString(),
    outcome,
    exitCode,
    tookMillis,
    ...firstFailure,
    ...given('message', failure?.message),
    artifacts
  })
}

/** Notes what can still be noted of a run that could not be brought to its end. */
export async function recordBreak(
  { redactor, now }: RunContext,
  dir: string,
  begun: RunFile,
  thrown: unknown
): Promise<void> {
  const exitCode = thrown instanceof UserError ? thrown.exitCode : exitCodes.bug
  const finishedAt = now().toISOString()
  await writeRunFile(dir, {
    ...begun,
    state: 'finished',
    outcome: 'errored',
    exitCode,
    message: redactor.redact(messageOf(thrown)),
    finishedAt
    // The disk that broke the run may not take this either; then the dead process of the file tells it.
  }).catch(() => undefined)
}
