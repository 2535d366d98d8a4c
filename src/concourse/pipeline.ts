import { given } from '../core/given.ts'
import type { BuildLogRetention, Group, Job, Pipeline, Resource, ResourceType, Step } from './model.ts'
import { remember, type Allowed } from './origin.ts'
import { resourceOf } from './steps.ts'
import { stepsOf } from './walk.ts'

export interface JobOptions {
  /** Findings that are no matter here, by the code of their rule, and why. */
  readonly allow?: Allowed
  /** One build at a time. @default false */
  readonly serial?: boolean
  readonly serialGroups?: readonly string[]
  readonly maxInFlight?: number
  readonly interruptible?: boolean
  readonly disableManualTrigger?: boolean
  readonly public?: boolean
  readonly buildLogRetention?: BuildLogRetention
  readonly onSuccess?: Step
  readonly onFailure?: Step
  readonly onAbort?: Step
  readonly onError?: Step
  readonly ensure?: Step
}

/** A job; the constant is what `passed` of a later job takes. */
export function job(name: string, plan: readonly Step[], options: JobOptions = {}): Job {
  const made: Job = {
    name,
    ...given('public', options.public),
    ...given('serial', options.serial),
    ...given('serial_groups', options.serialGroups),
    ...given('max_in_flight', options.maxInFlight),
    ...given('interruptible', options.interruptible),
    ...given('disable_manual_trigger', options.disableManualTrigger),
    ...given('build_log_retention', options.buildLogRetention),
    plan,
    ...given('on_success', options.onSuccess),
    ...given('on_failure', options.onFailure),
    ...given('on_abort', options.onAbort),
    ...given('on_error', options.onError),
    ...given('ensure', options.ensure)
  }
  remember(made, job, options.allow)
  return made
}

export interface PipelineOptions {
  readonly jobs: readonly Job[]
  readonly groups?: readonly Group[]
  readonly resourceTypes?: readonly ResourceType[]
}

export interface NamedPipeline {
  readonly name: string
  readonly pipeline: Pipeline
}

/** A pipeline and its name. Its resources are those that its jobs use, in the order of their first use. */
export function pipeline(name: string, options: PipelineOptions): NamedPipeline {
  // Two functions may each define the same resource. Different ones of one name both stay, for a rule to tell.
  const resources = new Map<string, Resource>()
  for (const { step } of stepsOf({ resources: [], jobs: options.jobs })) {
    const resource = resourceOf(step)
    if (resource !== undefined) resources.set(JSON.stringify(resource), resource)
  }
  return {
    name,
    pipeline: {
      ...given('groups', options.groups),
      ...given('resource_types', options.resourceTypes),
      resources: [...resources.values()],
      jobs: options.jobs
    }
  }
}
