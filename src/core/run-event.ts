/** How a step, a job or a run ended. A step that ran out of time has failed, as Concourse counts it. */
export type StepOutcome = 'succeeded' | 'failed' | 'errored' | 'aborted' | 'timed-out'

interface Base {
  /** When, as an ISO 8601 time in UTC. */
  readonly at: string
}

/** A run of one job has begun. */
export interface RunStarted extends Base {
  readonly kind: 'run-started'
  readonly run: string
  readonly pipeline: string
  readonly job: string
  /** Which environment it is about, where that was said. */
  readonly environment?: string
  readonly pid: number
  readonly host: string
}

export interface StepStarted extends Base {
  readonly kind: 'step-started'
  /** Unique in the run; every try of a step is a step of its own. */
  readonly step: number
  readonly parent?: number
  /** Concourse's notation: `jobs.repave.plan[2].task(deploy-cf)`. */
  readonly path: string
  /** `get`, `put`, `task`, `do`, `in_parallel`, `try`, `attempts`, `ensure` … */
  readonly stepKind: string
  readonly name: string
  /** Counted from 1, where the step may be tried more than once. */
  readonly attempt?: number
}

export interface StepOutput extends Base {
  readonly kind: 'step-output'
  readonly step: number
  /** One line, without its end; secrets are masked. */
  readonly text: string
}

export interface StepFinished extends Base {
  readonly kind: 'step-finished'
  readonly step: number
  readonly outcome: StepOutcome
  readonly tookMillis: number
  readonly exitCode?: number
  readonly message?: string
}

/** Something that is done otherwise on this machine than in Concourse, or that a person should know. */
export interface Notice extends Base {
  readonly kind: 'notice'
  readonly message: string
  readonly step?: number
}

/** A step has registered an artifact. */
export interface ArtifactRegistered extends Base {
  readonly kind: 'artifact'
  readonly step: number
  readonly name: string
}

export interface RunFinished extends Base {
  readonly kind: 'run-finished'
  readonly outcome: StepOutcome
  readonly exitCode: number
  readonly tookMillis: number
  /** Path of the step that failed first. */
  readonly firstFailure?: string
}

/** What happens in a run, in the order in which it happens; one JSON line each in `events.jsonl`. */
export type RunEvent =
  RunStarted | StepStarted | StepOutput | StepFinished | Notice | ArtifactRegistered | RunFinished
