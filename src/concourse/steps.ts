import type { Duration } from '../core/duration.ts'
import { given } from '../core/given.ts'
import { remember, shareOrigin, type Allowed } from './origin.ts'
import type { GetStep, HookKind, Job, JsonObject, PutStep, Resource, ResourceVersion, Step } from './model.ts'

/** Something that a step leaves in the plan and a later step can take. */
export interface Artifact {
  readonly artifact: string
}

/** Modifiers of any step, applied in the order in which Concourse nests them. */
export interface ModifierOptions {
  /** Findings that are no matter here, by the code of their rule, and why. */
  readonly allow?: Allowed
  /** Tries in all. @default 1 */
  readonly attempts?: number
  readonly onSuccess?: Step
  readonly onFailure?: Step
  readonly onAbort?: Step
  readonly onError?: Step
  /** Runs whatever the outcome, abort included. */
  readonly ensure?: Step
}

/** What a step that holds others may say. */
export interface GroupOptions extends ModifierOptions {
  /** Per try. */
  readonly timeout?: Duration
}

/** What a step that runs a container may say. */
export interface StepOptions extends GroupOptions {
  /** Of the workers that may run it. */
  readonly tags?: readonly string[]
}

export interface GetOptions extends StepOptions {
  /** The artifact's name. @default the resource's name */
  readonly as?: string
  readonly version?: 'latest' | 'every' | ResourceVersion
  readonly params?: JsonObject
  /** Job constants, so that a job can only name jobs above it on the page. */
  readonly passed?: readonly Job[]
  readonly trigger?: boolean
}

export interface PutOptions extends StepOptions {
  readonly as?: string
  readonly params?: JsonObject
  readonly inputs?: 'detect' | 'all' | readonly Artifact[]
  readonly getParams?: JsonObject
  readonly noGet?: boolean
}

/** Which resource a get or put uses, so that a pipeline can gather its resources from its jobs. */
const resourceOfStep = new WeakMap<Step, Resource>()

export function resourceOf(step: Step): Resource | undefined {
  return resourceOfStep.get(step)
}

/** Fetches a version of a resource; the result is also the artifact that it makes. */
export function get(resource: Resource, options: GetOptions = {}): Step & Artifact {
  const name = options.as ?? resource.name
  const step: GetStep = {
    kind: 'get',
    name,
    ...(name === resource.name ? {} : { resource: resource.name }),
    ...given('version', options.version),
    ...given('params', options.params),
    ...given(
      'passed',
      options.passed?.map(job => job.name)
    ),
    ...given('trigger', options.trigger),
    ...given('tags', options.tags),
    ...given('timeout', options.timeout?.toString())
  }
  resourceOfStep.set(step, resource)
  remember(step, get, options.allow)
  return withArtifact(modify(step, options), name)
}

/** Makes a version of a resource. Its implicit get makes an artifact of the same name, unless `noGet`. */
export function put(resource: Resource, options: PutOptions & { readonly noGet: true }): Step
export function put(resource: Resource, options?: PutOptions): Step & Artifact
export function put(resource: Resource, options: PutOptions = {}): Step {
  const name = options.as ?? resource.name
  const { inputs } = options
  const step: PutStep = {
    kind: 'put',
    name,
    ...(name === resource.name ? {} : { resource: resource.name }),
    ...given('params', options.params),
    ...given('inputs', typeof inputs === 'object' ? inputs.map(input => input.artifact) : inputs),
    ...given('get_params', options.getParams),
    ...given('no_get', options.noGet),
    ...given('tags', options.tags),
    ...given('timeout', options.timeout?.toString())
  }
  resourceOfStep.set(step, resource)
  remember(step, put, options.allow)
  const modified = modify(step, options)
  return options.noGet === true ? modified : withArtifact(modified, name)
}

/** Runs steps one after the other. */
export function inOrder(steps: readonly Step[], options: GroupOptions = {}): Step {
  const step: Step = { kind: 'do', steps }
  remember(step, inOrder, options.allow)
  return modify(bound(step, options.timeout), options)
}

export interface InParallelOptions extends GroupOptions {
  /** How many run at a time. @default all */
  readonly limit?: number
  /** Ends the others as soon as one has failed. @default false */
  readonly failFast?: boolean
}

export function inParallel(steps: readonly Step[], options: InParallelOptions = {}): Step {
  const step: Step = {
    kind: 'in_parallel',
    steps,
    ...given('limit', options.limit),
    ...given('fail_fast', options.failFast)
  }
  remember(step, inParallel, options.allow)
  return modify(bound(step, options.timeout), options)
}

/** Runs a step whose failure is not the job's. */
export function attempt(step: Step): Step {
  const tried: Step = { kind: 'try', step }
  remember(tried, attempt)
  return tried
}

const hookOfOption = {
  onSuccess: 'on_success',
  onFailure: 'on_failure',
  onAbort: 'on_abort',
  onError: 'on_error',
  ensure: 'ensure'
} as const satisfies Partial<Record<keyof ModifierOptions, HookKind>>

/** Wraps a step from inside out, as Concourse nests: attempts, on_success, on_failure, on_abort, on_error, ensure. */
export function modify(step: Step, options: ModifierOptions): Step {
  let wrapped = step
  const { attempts } = options
  const wrap = (outer: Step): void => {
    shareOrigin(step, outer)
    wrapped = outer
  }
  if (attempts !== undefined) wrap({ kind: 'attempts', step: wrapped, attempts })
  for (const [option, kind] of Object.entries(hookOfOption)) {
    const hook = options[option as keyof typeof hookOfOption]
    if (hook !== undefined) wrap({ kind, step: wrapped, hook })
  }
  return wrapped
}

function bound(step: Step, timeout: Duration | undefined): Step {
  if (timeout === undefined) return step
  const bounded: Step = { kind: 'timeout', step, timeout: timeout.toString() }
  shareOrigin(step, bounded)
  return bounded
}

/** Turns a step into its own handle. What is added can't be enumerated, so it never reaches the emitted YAML. */
export function withArtifact<T extends Step>(step: T, artifact: string): T & Artifact {
  return Object.defineProperties(step, { artifact: { value: artifact } }) as T & Artifact
}
