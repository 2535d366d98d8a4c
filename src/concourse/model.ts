import type {
  AcrossVar,
  DoStep,
  GetStep,
  InParallelStep,
  LoadVarStep,
  PutStep,
  RunStep,
  SetPipelineStep,
  TaskStep,
  TryStep
} from './model.generated.ts'

/**
 * The closed model of a Concourse pipeline: what `fly set-pipeline` takes, nothing more.
 *
 * Keys keep the spelling of the YAML; their types are generated from the tables in `schema-*.ts`. Steps are a union
 * told apart by `kind`; a modifier (`ensure`, `attempts` …) is a step round a step, nested as Concourse nests them.
 * Concourse parses each step by the first key it finds in a fixed order and drops some misspelt keys without a word,
 * so these types are the only guard there is (concourse v8.3, atc/config.go, atc/steps.go, atc/task.go).
 */
export type {
  AcrossVar,
  BuildLogRetention,
  ContainerLimits,
  Display,
  DoStep,
  GetStep,
  Group,
  ImageResource,
  InParallelStep,
  Job,
  LoadVarStep,
  Pipeline,
  Prototype,
  PutStep,
  Resource,
  ResourceType,
  RunStep,
  SetPipelineStep,
  TaskCache,
  TaskConfig,
  TaskInput,
  TaskOutput,
  TaskRun,
  TaskStep,
  TryStep,
  VarSource
} from './model.generated.ts'

/** Free-form data, in `source`, `params`, `version`, `vars` and `user_data`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** A length of time in Go's notation, e.g. `1h30m`. */
export type GoDuration = string

/** A version of a resource, as its `check` reports it. */
export type ResourceVersion = Readonly<Record<string, string>>

export interface Hooks {
  readonly on_success?: Step
  readonly on_failure?: Step
  readonly on_abort?: Step
  readonly on_error?: Step
  readonly ensure?: Step
}

/** What may stand in one map with a step, as it is written. */
export interface Modifiers extends Hooks {
  readonly across?: readonly AcrossVar[]
  readonly fail_fast?: boolean
  readonly attempts?: number
  readonly timeout?: GoDuration
}

/** Every step there is. Add a kind here and the compiler names each place that has to learn it. */
export type Step = CoreStep | ModifierStep

export type CoreStep = NamedStep | DoStep | InParallelStep | TryStep

/** A step whose key holds its name. */
export type NamedStep = GetStep | PutStep | TaskStep | SetPipelineStep | LoadVarStep | RunStep

export type ModifierStep = TimeoutStep | AttemptsStep | AcrossStep | HookStep

/** Round the steps that have no `timeout` field of their own. */
export interface TimeoutStep {
  readonly kind: 'timeout'
  readonly step: Step
  readonly timeout: GoDuration
}

export interface AttemptsStep {
  readonly kind: 'attempts'
  readonly step: Step
  /** Tries in all. */
  readonly attempts: number
}

/** Once for each combination of values. What is made within is seen nowhere else. */
export interface AcrossStep {
  readonly kind: 'across'
  readonly step: Step
  readonly across: readonly AcrossVar[]
  readonly fail_fast?: boolean
}

export type HookKind = 'on_success' | 'on_failure' | 'on_abort' | 'on_error' | 'ensure'

export interface HookStep {
  readonly kind: HookKind
  readonly step: Step
  readonly hook: Step
}

/**
 * Modifiers from outside in. Hooks run once, after all tries and all iterations; a try is bounded by its own time-out
 * (concourse v8.3, atc/steps.go, StepPrecedence).
 */
export const modifierOrder = [
  'ensure',
  'on_error',
  'on_abort',
  'on_failure',
  'on_success',
  'across',
  'attempts',
  'timeout'
] as const satisfies readonly ModifierStep['kind'][]
