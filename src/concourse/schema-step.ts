import type { GetStep, LoadVarStep, PutStep, RunStep, SetPipelineStep, TaskStep } from './model.generated.ts'
import { containerLimits, taskConfig } from './schema-task.ts'
import { listOf, mapOf } from './shape-collections.ts'
import { jsonObject } from './shape-json.ts'
import type { Fields } from './shape-object.ts'
import { flag, oneOf, scalarOr, text } from './shape-scalars.ts'

// The tables of the steps that do something, keys in the order of the page (concourse v8.3, atc/steps.go).
// The name stands under the step's own key, and before all others.

/** What the table of a step says: its kind and name are said by its first key. */
export type BesideName<S> = Fields<Omit<S, 'kind' | 'name'>>

const tags = { shape: listOf(text), doc: 'Of the workers that may run it.' }
const timeout = { shape: text, doc: 'How long it may take, e.g. 1h30m; then it fails.', default: 'for ever' }
const limits = { shape: containerLimits, doc: 'What its container may use; wins over the task file.' }

export const getFields: BesideName<GetStep> = {
  resource: { shape: text, doc: 'The resource, where the artifact has another name.', default: 'the name' },
  trigger: { shape: flag, doc: 'Whether a new version starts the job.', default: 'false' },
  passed: {
    shape: listOf(text),
    doc: 'Jobs that the version must have passed; globs since 8.1.',
    default: '[]'
  },
  version: {
    shape: scalarOr(oneOf(['latest', 'every']), mapOf(text)),
    doc: 'Which versions to build: the latest, each in turn, or one and no other.',
    default: 'latest'
  },
  params: { shape: jsonObject, doc: 'How it is fetched; what may be said is up to the resource.' },
  tags,
  timeout
}

export const putFields: BesideName<PutStep> = {
  resource: { shape: text, doc: 'The resource, where the artifact has another name.', default: 'the name' },
  params: { shape: jsonObject, doc: 'What to make of it; what may be said is up to the resource.' },
  inputs: {
    shape: scalarOr(oneOf(['detect', 'all']), listOf(text)),
    doc: 'Artifacts that it can see: those that params name, all, or these.',
    default: 'detect'
  },
  get_params: { shape: jsonObject, doc: 'How what was made is fetched afterwards.' },
  no_get: {
    shape: flag,
    since: '7.9',
    doc: 'Whether what was made is left unfetched: no artifact then.',
    default: 'false'
  },
  tags,
  timeout
}

export const taskFields: BesideName<TaskStep> = {
  params: { shape: jsonObject, doc: 'Values for the params that the task declares.' },
  file: { shape: text, doc: 'The task file, <artifact>/<path>. Exactly one of file and config.' },
  config: { shape: taskConfig, doc: 'What the task file would say.' },
  image: { shape: text, doc: "An artifact that holds the image's root file system." },
  input_mapping: { shape: mapOf(text), doc: "The task's input → artifact of the plan." },
  output_mapping: { shape: mapOf(text), doc: "The task's output → artifact of the plan." },
  vars: { shape: jsonObject, doc: 'Values for ((vars)) of the task file.' },
  privileged: { shape: flag, doc: 'Whether its container may do all that root may.', default: 'false' },
  hermetic: {
    shape: flag,
    since: '7.10',
    doc: 'Whether its container is cut off the network; only with the containerd runtime.',
    default: 'false'
  },
  container_limits: limits,
  tags,
  timeout
}

export const setPipelineFields: BesideName<SetPipelineStep> = {
  file: { shape: text, required: true, doc: 'The pipeline, <artifact>/<path>.' },
  team: {
    shape: text,
    since: '6.4',
    doc: 'Whose it becomes; only the main team may say so.',
    default: 'this team'
  },
  instance_vars: {
    shape: jsonObject,
    since: '7.0',
    doc: 'What tells this instance from others of its name; also values for its ((vars)).'
  },
  vars: { shape: jsonObject, doc: 'Values for its ((vars)); win over var_files.' },
  var_files: { shape: listOf(text), doc: 'Files of values, <artifact>/<path>; earlier ones win over later.' }
}

export const loadVarFields: BesideName<LoadVarStep> = {
  file: { shape: text, required: true, doc: 'The file, <artifact>/<path>.' },
  format: {
    shape: oneOf(['json', 'yaml', 'yml', 'trim', 'raw']),
    since: '6.0',
    doc: 'How to read it; trim drops blanks round the text, raw does not.',
    default: "by the file's extension, else trim"
  },
  reveal: { shape: flag, doc: 'Whether its value may be seen in build logs.', default: 'false' }
}

export const runFields: BesideName<RunStep> = {
  type: { shape: text, required: true, doc: 'The prototype.' },
  params: { shape: jsonObject, doc: 'What the message says; up to the prototype.' },
  privileged: { shape: flag, doc: 'Whether its container may do all that root may.', default: 'false' },
  container_limits: limits,
  tags,
  timeout
}
