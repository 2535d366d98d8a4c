import type { RunEvent, RunFinished, StepFinished, StepOutcome, StepStarted } from '../core/run-event.ts'

/** A run as its events tell it so far. Times are milliseconds since 1970. */
export interface RunView {
  run: string
  pipeline: string
  job: string
  host: string
  environment?: string
  startedAt: number
  /** The time of the last event. */
  seenAt: number
  outcome?: StepOutcome
  exitCode?: number
  tookMillis?: number
  /** Path of the step that failed first. */
  firstFailure?: string
  /** Steps of the plan itself, in the order in which they began; what is in them is theirs. */
  readonly steps: StepView[]
  readonly byId: Map<number, StepView>
  readonly notices: NoticeView[]
}

interface NoticeView {
  readonly message: string
  readonly step?: StepView
}

export interface StepView {
  readonly id: number
  readonly path: string
  /** `get`, `put`, `task`, `do`, `in_parallel` … */
  readonly kind: string
  readonly name: string
  readonly attempt?: number
  readonly startedAt: number
  readonly inner: StepView[]
  /** The last lines of its output. */
  readonly tail: string[]
  readonly artifacts: string[]
  outcome?: StepOutcome
  tookMillis?: number
  exitCode?: number
  message?: string
}

/** Enough to see what went wrong, and little enough for a run of days. */
const keptLines = 40

export function emptyRun(): RunView {
  return {
    run: '',
    pipeline: '',
    job: '',
    host: '',
    startedAt: 0,
    seenAt: 0,
    steps: [],
    byId: new Map(),
    notices: []
  }
}

/** The whole of a run from all of its events. Events that fit nowhere are left out. */
export function viewOf(events: Iterable<RunEvent>): RunView {
  const run = emptyRun()
  for (const event of events) applyEvent(run, event)
  return run
}

/** Takes one more event into the view. */
export function applyEvent(run: RunView, event: RunEvent): void {
  run.seenAt = Math.max(run.seenAt, timeOf(event.at, run.seenAt))
  switch (event.kind) {
    case 'run-started':
      run.run = event.run
      run.pipeline = event.pipeline
      run.job = event.job
      run.host = event.host
      if (event.environment !== undefined) run.environment = event.environment
      run.startedAt = timeOf(event.at, run.seenAt)
      return
    case 'step-started': {
      startStep(run, event)
      return
    }
    case 'step-output': {
      keepLine(run.byId.get(event.step), event.text)
      return
    }
    case 'step-finished': {
      finishStep(run.byId.get(event.step), event)
      return
    }
    case 'notice': {
      const step = event.step === undefined ? undefined : run.byId.get(event.step)
      run.notices.push({ message: event.message, ...(step === undefined ? {} : { step }) })
      return
    }
    case 'artifact':
      run.byId.get(event.step)?.artifacts.push(event.name)
      return
    case 'run-finished': {
      finishRun(run, event)
      return
    }
    default:
      return event satisfies never
  }
}

function startStep(run: RunView, event: StepStarted): void {
  const step: StepView = {
    id: event.step,
    path: event.path,
    kind: event.stepKind,
    name: event.name,
    ...(event.attempt === undefined ? {} : { attempt: event.attempt }),
    startedAt: timeOf(event.at, run.seenAt),
    inner: [],
    tail: [],
    artifacts: []
  }
  const parent = event.parent === undefined ? undefined : run.byId.get(event.parent)
  ;(parent?.inner ?? run.steps).push(step)
  run.byId.set(event.step, step)
}

function keepLine(step: StepView | undefined, text: string): void {
  if (step === undefined) return
  step.tail.push(...text.split('\n'))
  if (step.tail.length > keptLines) step.tail.splice(0, step.tail.length - keptLines)
}

function finishStep(step: StepView | undefined, event: StepFinished): void {
  if (step === undefined) return
  step.outcome = event.outcome
  step.tookMillis = Math.max(0, event.tookMillis)
  if (event.exitCode !== undefined) step.exitCode = event.exitCode
  if (event.message !== undefined) step.message = event.message
}

function finishRun(run: RunView, event: RunFinished): void {
  run.outcome = event.outcome
  run.exitCode = event.exitCode
  run.tookMillis = Math.max(0, event.tookMillis)
  if (event.firstFailure !== undefined) run.firstFailure = event.firstFailure
}

function timeOf(at: string, otherwise: number): number {
  const time = Date.parse(at)
  return Number.isNaN(time) ? otherwise : time
}

/** When a step ended; until then, the time of the last event. */
export function endOf(step: StepView, run: RunView): number {
  return step.tookMillis === undefined
    ? Math.max(step.startedAt, run.seenAt)
    : step.startedAt + step.tookMillis
}

/** The step whose failure ended the run, where it is known. */
export function firstFailureOf(run: RunView): StepView | undefined {
  const { firstFailure } = run
  return firstFailure === undefined
    ? undefined
    : [...run.byId.values()].findLast(({ path }) => path === firstFailure)
}

/** What was run: `repave of play-fern`, `deploy-cf of cf, play-fern`. */
export function titleOf({ job, pipeline, environment = '' }: RunView): string {
  const where = [pipeline === job ? '' : pipeline, environment].filter(name => name !== '').join(', ')
  return where === '' ? job : `${job} of ${where}`
}
