import type {
  ContainerLimits,
  ImageResource,
  TaskCache,
  TaskConfig,
  TaskInput,
  TaskOutput,
  TaskRun
} from './model.ts'
import { listOf, mapOf } from './shape-collections.ts'
import { jsonObject } from './shape-json.ts'
import { object, required } from './shape-object.ts'
import { flag, memory, oneOf, text, wholeNumber } from './shape-scalars.ts'

// The tables of a task file, keys in the order of the page (concourse v8.3, atc/task.go).

export const containerLimits = object<ContainerLimits>(
  { cpu: wholeNumber, memory },
  { called: 'container_limits' }
)

const imageResource = object<ImageResource>(
  { type: required(text), source: required(jsonObject), params: jsonObject, version: mapOf(text) },
  { called: 'an image_resource', notYet: ['name', 'tags'] }
)

const taskInput = object<TaskInput>(
  { name: required(text), path: text, optional: flag },
  { called: "a task's input" }
)

const taskOutput = object<TaskOutput>({ name: required(text), path: text }, { called: "a task's output" })

const taskCache = object<TaskCache>({ path: required(text) }, { called: "a task's cache", notYet: ['ttl'] })

const taskRun = object<TaskRun>(
  { path: required(text), args: listOf(text), dir: text, user: text },
  { called: "a task's run" }
)

export const taskConfig = object<TaskConfig>(
  {
    platform: required(oneOf(['linux', 'darwin', 'windows'])),
    image_resource: imageResource,
    inputs: listOf(taskInput),
    outputs: listOf(taskOutput),
    caches: listOf(taskCache),
    params: jsonObject,
    container_limits: containerLimits,
    run: required(taskRun)
  },
  { called: 'a task', notYet: ['rootfs_uri'] }
)
