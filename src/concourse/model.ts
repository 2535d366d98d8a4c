/**
 * The closed model of a Concourse pipeline: what `fly set-pipeline` takes, nothing more.
 *
 * Keys keep the spelling of the YAML. Steps are a union told apart by `kind`; a modifier (`ensure`, `attempts` …)
 * is a step round a step, nested as Concourse nests them. Concourse parses each step by the first key it finds in
 * a fixed order and drops some misspelt keys without a word, so these types are the only guard there is
 * (concourse v8.3, atc/config.go, atc/steps.go, atc/task.go).
 */

/** Free-form data, in `source`, `params`, `version`, `vars` and `user_data`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** A length of time in Go's notation, e.g. `1h30m`. */
export type GoDuration = string

/** A version of a resource, as its `check` reports it. */
export type ResourceVersion = Readonly<Record<string, string>>

export interface Pipeline {
  readonly groups?: readonly Group[]
  readonly resource_types?: readonly ResourceType[]
  readonly resources: readonly Resource[]
  readonly jobs: readonly Job[]
}

export interface Group {
  readonly name: string
  /** Names or globs. Once a pipeline has groups, every job must be in one. */
  readonly jobs?: readonly string[]
  readonly resources?: readonly string[]
}

export interface ResourceType {
  readonly name: string
  readonly type: string
  readonly source: JsonObject
  readonly defaults?: JsonObject
  readonly privileged?: boolean
  /** Or `never`. */
  readonly check_every?: GoDuration
  readonly tags?: readonly string[]
  readonly params?: JsonObject
}

export interface Resource {
  readonly name: string
  readonly type: string
  readonly source: JsonObject
  readonly old_name?: string
  readonly icon?: string
  readonly public?: boolean
  readonly webhook_token?: string
  /** Or `never`. */
  readonly check_every?: GoDuration
  readonly check_timeout?: GoDuration
  readonly tags?: readonly string[]
  readonly version?: ResourceVersion
}

export interface Hooks {
  readonly on_success?: Step
  readonly on_failure?: Step
  readonly on_abort?: Step
  readonly on_error?: Step
  readonly ensure?: Step
}

export interface BuildLogRetention {
  readonly days?: number
  readonly builds?: number
  readonly minimum_succeeded_builds?: number
}

export interface Job extends Hooks {
  readonly name: string
  readonly old_name?: string
  readonly public?: boolean
  readonly serial?: boolean
  readonly serial_groups?: readonly string[]
  readonly max_in_flight?: number
  readonly interruptible?: boolean
  readonly disable_manual_trigger?: boolean
  readonly build_log_retention?: BuildLogRetention
  readonly plan: readonly Step[]
}

/** Every step there is. Add a kind here and the compiler names each place that has to learn it. */
export type Step = CoreStep | ModifierStep

export type CoreStep = GetStep | PutStep | TaskStep | DoStep | InParallelStep | TryStep

export type ModifierStep = TimeoutStep | AttemptsStep | HookStep

export interface GetStep {
  readonly kind: 'get'
  /** The artifact's name. */
  readonly name: string
  /** The resource; the artifact's name where absent. */
  readonly resource?: string
  readonly version?: 'latest' | 'every' | ResourceVersion
  readonly params?: JsonObject
  readonly passed?: readonly string[]
  readonly trigger?: boolean
  readonly tags?: readonly string[]
  readonly timeout?: GoDuration
}

export interface PutStep {
  readonly kind: 'put'
  readonly name: string
  readonly resource?: string
  readonly params?: JsonObject
  /** Artifacts that the put can see. `detect` (the default since 8.0) takes those that `params` name. */
  readonly inputs?: 'detect' | 'all' | readonly string[]
  readonly get_params?: JsonObject
  readonly no_get?: boolean
  readonly tags?: readonly string[]
  readonly timeout?: GoDuration
}

export interface TaskStep {
  readonly kind: 'task'
  readonly name: string
  /** `<artifact>/<path>` of a task file; exactly one of `file` and `config`. */
  readonly file?: string
  readonly config?: TaskConfig
  /** An artifact that is the image's root file system; beats `image_resource`. */
  readonly image?: string
  /** Values for the params that the task declares. Anything but text becomes text or JSON. */
  readonly params?: JsonObject
  readonly vars?: JsonObject
  /** Task's input → artifact of the plan. */
  readonly input_mapping?: Readonly<Record<string, string>>
  /** Task's output → artifact of the plan. */
  readonly output_mapping?: Readonly<Record<string, string>>
  readonly privileged?: boolean
  readonly container_limits?: ContainerLimits
  readonly tags?: readonly string[]
  readonly timeout?: GoDuration
}

export interface DoStep {
  readonly kind: 'do'
  readonly steps: readonly Step[]
}

export interface InParallelStep {
  readonly kind: 'in_parallel'
  readonly steps: readonly Step[]
  /** How many run at a time; all where absent. */
  readonly limit?: number
  readonly fail_fast?: boolean
}

export interface TryStep {
  readonly kind: 'try'
  readonly step: Step
}

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

export type HookKind = 'on_success' | 'on_failure' | 'on_abort' | 'on_error' | 'ensure'

export interface HookStep {
  readonly kind: HookKind
  readonly step: Step
  readonly hook: Step
}

export interface TaskConfig {
  readonly platform: 'linux' | 'darwin' | 'windows'
  readonly image_resource?: ImageResource
  readonly inputs?: readonly TaskInput[]
  readonly outputs?: readonly TaskOutput[]
  readonly caches?: readonly TaskCache[]
  /** Name → default. Null is the empty text. */
  readonly params?: JsonObject
  readonly run: TaskRun
  readonly container_limits?: ContainerLimits
}

export interface ImageResource {
  readonly type: string
  readonly source: JsonObject
  readonly params?: JsonObject
  readonly version?: ResourceVersion
}

export interface TaskInput {
  readonly name: string
  readonly path?: string
  readonly optional?: boolean
}

export interface TaskOutput {
  readonly name: string
  readonly path?: string
}

export interface TaskCache {
  readonly path: string
}

export interface TaskRun {
  readonly path: string
  readonly args?: readonly string[]
  readonly dir?: string
  readonly user?: string
}

export interface ContainerLimits {
  /** Shares. */
  readonly cpu?: number
  /** Bytes, or with a unit: `1GB` is 2^30. */
  readonly memory?: number | string
}

/**
 * Modifiers from outside in. Hooks run once, after all tries; a try is bounded by its own time-out
 * (concourse v8.3, atc/steps.go, StepPrecedence).
 */
export const modifierOrder = [
  'ensure',
  'on_error',
  'on_abort',
  'on_failure',
  'on_success',
  'attempts',
  'timeout'
] as const satisfies readonly ModifierStep['kind'][]
