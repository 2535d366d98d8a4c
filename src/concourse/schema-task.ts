import type {
  ContainerLimits,
  ImageResource,
  TaskCache,
  TaskConfig,
  TaskInput,
  TaskOutput,
  TaskRun
} from './model.generated.ts'
import { listOf, mapOf } from './shape-collections.ts'
import { jsonObject } from './shape-json.ts'
import { object } from './shape-object.ts'
import { flag, memory, text, wholeNumber } from './shape-scalars.ts'

// The tables of a task file, keys in the order of the page (concourse v8.3, atc/task.go, atc/container_limits.go).

export const containerLimits = object<ContainerLimits>(
  { name: 'ContainerLimits', called: 'container_limits', doc: 'What the container may use at most.' },
  {
    cpu: { shape: wholeNumber, doc: 'Shares of the CPU, as cgroups count them.', default: '0' },
    memory: {
      shape: memory,
      doc: 'Bytes, or a whole number with a unit, which is binary whatever its name: 1GB is 2^30 bytes.',
      default: '0'
    }
  }
)

const imageResource = object<ImageResource>(
  {
    name: 'ImageResource',
    called: 'an image_resource',
    doc: 'The image of a task, fetched when the task starts.'
  },
  {
    name: { shape: text, doc: 'What the web page calls it.' },
    type: { shape: text, required: true, doc: 'A resource type, e.g. registry-image.' },
    source: { shape: jsonObject, doc: 'Where it is; what may be said is up to the type.' },
    params: { shape: jsonObject, doc: 'How it is fetched; what may be said is up to the type.' },
    version: { shape: mapOf(text), doc: 'This version and no other.', default: 'the latest' },
    tags: { shape: listOf(text), doc: 'Of the workers that may fetch it.' }
  }
)

const taskInput = object<TaskInput>(
  { name: 'TaskInput', called: "a task's input", doc: 'An artifact that the task takes.' },
  {
    name: { shape: text, required: true, doc: 'The artifact, unless input_mapping gives another.' },
    path: { shape: text, doc: 'Its folder, below the working directory.', default: 'the name' },
    optional: { shape: flag, doc: 'Whether the task does without it.', default: 'false' }
  }
)

const taskOutput = object<TaskOutput>(
  {
    name: 'TaskOutput',
    called: "a task's output",
    doc: 'An artifact that the task makes, also when it fails.'
  },
  {
    name: { shape: text, required: true, doc: 'The artifact, unless output_mapping gives another.' },
    path: { shape: text, doc: 'Its folder, below the working directory.', default: 'the name' }
  }
)

const taskCache = object<TaskCache>(
  {
    name: 'TaskCache',
    called: "a task's cache",
    doc: 'A folder that later builds of the same job find again on the same worker.'
  },
  {
    path: { shape: text, required: true, doc: 'The folder, below the working directory.' },
    ttl: {
      shape: text,
      since: '8.2',
      doc: 'How long it is kept without use, at least 1s.',
      default: 'for ever'
    }
  }
)

const taskRun = object<TaskRun>(
  { name: 'TaskRun', called: "a task's run", doc: 'The program of a task.' },
  {
    path: {
      shape: text,
      doc: 'The program; since 8.0 it may be left out.',
      default: "the image's entrypoint"
    },
    args: { shape: listOf(text), doc: 'Its arguments, which no shell looks at.' },
    dir: { shape: text, doc: 'Where it runs.', default: 'the working directory' },
    user: { shape: text, doc: 'Who runs it.', default: "the image's user" }
  }
)

export const taskConfig = object<TaskConfig>(
  {
    name: 'TaskConfig',
    called: 'a task',
    doc: 'What a task file says, or a task step in its place.',
    ignoresCase: false
  },
  {
    platform: { shape: text, required: true, doc: 'Of the worker: linux, darwin or windows.' },
    image_resource: { shape: imageResource, doc: 'Its image. image of the task step wins over it.' },
    rootfs_uri: {
      shape: text,
      doc: 'The image as the worker knows it, for workers without image resources.'
    },
    inputs: { shape: listOf(taskInput), doc: 'Artifacts that it takes.' },
    outputs: { shape: listOf(taskOutput), doc: 'Artifacts that it makes.' },
    caches: { shape: listOf(taskCache), doc: 'Folders that last from build to build.' },
    params: {
      shape: jsonObject,
      doc: 'Variables of its environment and their defaults. Numbers, lists and maps become text, null the empty text.'
    },
    container_limits: { shape: containerLimits, doc: 'What its container may use.' },
    run: { shape: taskRun, doc: 'Its program.', default: "the image's entrypoint" }
  }
)
