import type { BuildLogRetention, Group, Hooks, Job, Pipeline, Resource, ResourceType } from './model.ts'
import { listOf, mapOf, namedListOf } from './shape-collections.ts'
import { jsonObject } from './shape-json.ts'
import { object, required, withDefault, type Fields } from './shape-object.ts'
import { flag, looseText, text, wholeNumber } from './shape-scalars.ts'
import { step } from './shape-step.ts'

// The tables of a pipeline, keys in the order of the page (concourse v8.3, atc/config.go, atc/job_config.go).

const group = object<Group>(
  { name: required(looseText), jobs: listOf(looseText), resources: listOf(looseText) },
  { called: 'a group' }
)

const resourceType = object<ResourceType>(
  {
    name: required(looseText),
    type: required(looseText),
    // Concourse takes a missing source for an empty one.
    source: withDefault(jsonObject, {}),
    defaults: jsonObject,
    privileged: flag,
    check_every: text,
    tags: listOf(text),
    params: jsonObject
  },
  { called: 'a resource type' }
)

const resource = object<Resource>(
  {
    name: required(looseText),
    type: required(looseText),
    old_name: looseText,
    icon: looseText,
    public: flag,
    webhook_token: looseText,
    check_every: text,
    check_timeout: looseText,
    tags: listOf(text),
    version: mapOf(looseText),
    source: withDefault(jsonObject, {})
  },
  { called: 'a resource', notYet: ['expose_build_created_by'] }
)

const buildLogRetention = object<BuildLogRetention>(
  { days: wholeNumber, builds: wholeNumber, minimum_succeeded_builds: wholeNumber },
  { called: 'build_log_retention' }
)

const hooks: Fields<Hooks> = {
  on_success: step,
  on_failure: step,
  on_abort: step,
  on_error: step,
  ensure: step
}

const job = object<Job>(
  {
    name: required(looseText),
    old_name: looseText,
    public: flag,
    serial: flag,
    serial_groups: listOf(looseText),
    max_in_flight: wholeNumber,
    interruptible: flag,
    disable_manual_trigger: flag,
    build_log_retention: buildLogRetention,
    plan: required(listOf(step)),
    ...hooks
  },
  { called: 'a job', notYet: ['disable_reruns', 'tags', 'build_logs_to_retain'] }
)

export const pipeline = object<Pipeline>(
  {
    groups: namedListOf(group),
    resource_types: namedListOf(resourceType),
    resources: withDefault(namedListOf(resource), []),
    jobs: required(namedListOf(job))
  },
  { called: 'a pipeline', notYet: ['var_sources', 'prototypes', 'display', 'user_data'] }
)
