import { defined, given } from '../core/given.ts'
import { Hidden } from './hidden.ts'
import { nameOfArtifact, withArtifact, type Artifact } from './artifact.ts'
import { jsonOf, type DataMap } from './data.ts'
import type { GetStep, InParallelStep, Job, PutStep, Resource, ResourceVersion, Step } from './model.ts'
import { modify, modifyAndBound, type GroupOptions, type StepOptions } from './modifiers.ts'
import { remember } from './origin.ts'
import { nameOfJob, nameOfResource, type JobGlob, type NamedJob, type NamedResource } from './reference.ts'
import { timeText } from './duration-text.ts'

export interface GetOptions extends StepOptions {
  /** The artifact's name. @default the resource's name */
  readonly as?: string
  /** Which versions to build: the latest, each in turn, or one and no other. @default 'latest' */
  readonly version?: 'latest' | 'every' | ResourceVersion
  /** How it is fetched; what may be said is up to the resource. */
  readonly params?: DataMap
  /** Job constants, so that a job can only name jobs above it on the page; or globs of their names. */
  readonly passed?: readonly (Job | NamedJob | JobGlob)[]
  /** Whether a new version starts the job. @default false */
  readonly trigger?: boolean
}

export interface PutOptions extends StepOptions {
  /** The name of the artifact that the fetch afterwards makes. @default the resource's name */
  readonly as?: string
  /** What to make of it; what may be said is up to the resource. */
  readonly params?: DataMap
  /** Artifacts that it can see: those that params name, all, or these. @default 'detect' */
  readonly inputs?: 'detect' | 'all' | readonly (Artifact | string)[]
  /** How what was made is fetched afterwards. */
  readonly getParams?: DataMap
  /** Whether what was made is left unfetched. @default false @since Concourse 7.9 */
  readonly noGet?: boolean
}

/** Which resource a get or put uses, so that a pipeline can gather its resources from its jobs. */
const resourceOfStep = new Hidden<Resource>('resource')

export function resourceOf(step: Step): Resource | undefined {
  return resourceOfStep.get(step)
}

/** Fetches a version of a resource; the result is also the artifact that it makes. */
export function get(resource: Resource | NamedResource, options: GetOptions = {}): Step & Artifact {
  const name = options.as ?? nameOfResource(resource)
  const step = defined<GetStep>({
    kind: 'get',
    name,
    resource: options.as === undefined ? undefined : nameOfResource(resource),
    version: options.version,
    params: options.params && jsonOf(options.params),
    passed: options.passed?.map(nameOfJob),
    trigger: options.trigger,
    tags: options.tags,
    timeout: timeText(options.timeout)
  })
  if ('type' in resource) resourceOfStep.set(step, resource)
  remember(step, get, options.allow)
  return withArtifact(modify(step, options), name)
}

/** Makes a version of a resource. Its implicit get makes an artifact of the same name, unless `noGet`. */
export function put(resource: Resource | NamedResource, options: PutOptions & { readonly noGet: true }): Step
export function put(resource: Resource | NamedResource, options?: PutOptions): Step & Artifact
export function put(resource: Resource | NamedResource, options: PutOptions = {}): Step {
  const name = options.as ?? nameOfResource(resource)
  const { inputs } = options
  const step = defined<PutStep>({
    kind: 'put',
    name,
    resource: options.as === undefined ? undefined : nameOfResource(resource),
    params: options.params && jsonOf(options.params),
    inputs: typeof inputs === 'object' ? inputs.map(nameOfArtifact) : inputs,
    get_params: options.getParams && jsonOf(options.getParams),
    no_get: options.noGet,
    tags: options.tags,
    timeout: timeText(options.timeout)
  })
  if ('type' in resource) resourceOfStep.set(step, resource)
  remember(step, put, options.allow)
  const modified = modify(step, options)
  return options.noGet === true ? modified : withArtifact(modified, name)
}

/** Runs steps one after the other. */
export function inOrder(steps: readonly Step[], options: StepOptions = {}): Step {
  const step: Step = { kind: 'do', steps, ...given('tags', options.tags) }
  remember(step, inOrder, options.allow)
  return modifyAndBound(step, options)
}

export interface InParallelOptions extends StepOptions {
  /** How many run at a time. @default all */
  readonly limit?: number
  /** Ends the others as soon as one has failed. @default false */
  readonly failFast?: boolean
}

/** Runs steps at the same time. */
export function inParallel(steps: readonly Step[], options: InParallelOptions = {}): Step {
  const step = defined<InParallelStep>({
    kind: 'in_parallel',
    steps,
    limit: options.limit,
    fail_fast: options.failFast,
    tags: options.tags
  })
  remember(step, inParallel, options.allow)
  return modifyAndBound(step, options)
}

/** Runs a step whose failure is not the job's. */
export function attempt(step: Step, options: GroupOptions = {}): Step {
  const tried: Step = { kind: 'try', step }
  remember(tried, attempt, options.allow)
  return modifyAndBound(tried, options)
}
