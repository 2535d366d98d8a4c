import type { GetStep, PutStep, TaskStep } from './model.ts'
import { containerLimits, taskConfig } from './schema-task.ts'
import { listOf, mapOf } from './shape-collections.ts'
import { jsonObject } from './shape-json.ts'
import { type Fields } from './shape-object.ts'
import { flag, text, wordOr } from './shape-scalars.ts'

// The tables of the steps that do something, keys in the order of the page (concourse v8.3, atc/steps.go).
// The name stands under the step's own key, and before all others.

/** What the table of a step says: its kind and name are said by its first key. */
export type Named<S> = Fields<Omit<S, 'kind' | 'name'>>

export const getFields: Named<GetStep> = {
  resource: text,
  trigger: flag,
  passed: listOf(text),
  version: wordOr(['latest', 'every'], mapOf(text)),
  params: jsonObject,
  tags: listOf(text),
  timeout: text
}

export const putFields: Named<PutStep> = {
  resource: text,
  params: jsonObject,
  inputs: wordOr(['detect', 'all'], listOf(text)),
  get_params: jsonObject,
  no_get: flag,
  tags: listOf(text),
  timeout: text
}

export const taskFields: Named<TaskStep> = {
  params: jsonObject,
  file: text,
  config: taskConfig,
  image: text,
  input_mapping: mapOf(text),
  output_mapping: mapOf(text),
  vars: jsonObject,
  privileged: flag,
  container_limits: containerLimits,
  tags: listOf(text),
  timeout: text
}
