import type { PutStep, TaskConfig, TaskStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { hasVar } from './has-var.ts'
import type { Subject } from './subject.ts'

/** An artifact that a step takes. */
export interface Need {
  readonly artifact: string
  /** What it is taken as, e.g. `the input state`. */
  readonly use: string
  readonly path: string
  readonly node: PlacedStep
  /** Whether the step fails without it. Of a task whose file is not at hand, an input may be optional. */
  readonly isSure: boolean
}

/** An artifact that a step makes; undefined for all that a task may make whose outputs are not known. */
export interface Made {
  readonly artifact: string | undefined
  readonly node: PlacedStep
}

type ConfigOf = Subject['configOf']

/** Adds the artifacts that must be there for a step to run. What a var will say is not known, and not among them. */
export function addNeeds(node: PlacedStep, configOf: ConfigOf, needs: Need[]): void {
  const { step, path } = node
  const add = (artifact: string, use: string, at: string, isSure = true): void => {
    if (artifact !== '' && !hasVar(artifact)) needs.push({ artifact, use, path: at, node, isSure })
  }
  // A file is named by its artifact and its path there; a name alone is another rule's matter.
  const addFile = (file: string, use: string, at: string): void => {
    const slash = file.indexOf('/')
    if (slash !== -1) add(file.slice(0, slash), use, at)
  }
  if (step.kind === 'put') addOfPut(step, path, add)
  else if (step.kind === 'task') addOfTask(step, configOf(step), path, add, addFile)
  else if (step.kind === 'load_var') addFile(step.file, 'the holder of the file', `${path}.file`)
  else if (step.kind === 'set_pipeline') {
    addFile(step.file, 'the holder of the pipeline', `${path}.file`)
    step.var_files?.forEach((file, index) => {
      addFile(file, 'the holder of a var file', `${path}.var_files[${index}]`)
    })
  }
}

type Add = (artifact: string, use: string, path: string, isSure?: boolean) => void

/** With `detect` and `all` a put takes what is there, and misses nothing. */
function addOfPut({ inputs }: PutStep, path: string, add: Add): void {
  if (typeof inputs !== 'object') return
  inputs.forEach((artifact, index) => {
    add(artifact, 'an input', `${path}.inputs[${index}]`)
  })
}

function addOfTask(
  { file, image, input_mapping: mapping = {} }: TaskStep,
  config: TaskConfig | undefined,
  path: string,
  add: Add,
  addFile: Add
): void {
  if (file !== undefined) addFile(file, 'the holder of the task file', `${path}.file`)
  if (image !== undefined) add(image, 'the image', `${path}.image`)
  const addInput = (name: string, isSure: boolean): void => {
    const artifact = mapping[name]
    const at = artifact === undefined ? path : `${path}.input_mapping.${name}`
    add(artifact ?? name, `the input ${name}`, at, isSure)
  }
  if (config === undefined) for (const name in mapping) addInput(name, false)
  else for (const { name, optional } of config.inputs ?? []) if (optional !== true) addInput(name, true)
}

/**
 * Adds what a step makes: a get its name, a put too unless `no_get`, a task its outputs (concourse v8.3, atc/exec). A
 * name with a var in it may be any.
 */
export function addMade(node: PlacedStep, configOf: ConfigOf, made: Made[]): void {
  const { step } = node
  const add = (name: string | undefined): void => {
    made.push({ artifact: name === undefined || hasVar(name) ? undefined : name, node })
  }
  if (step.kind === 'get') add(step.name)
  else if (step.kind === 'put' && step.no_get !== true) add(step.name)
  else if (step.kind === 'task') {
    const { output_mapping: mapping = {} } = step
    const config = configOf(step)
    for (const { name } of config?.outputs ?? []) add(mapping[name] ?? name)
    if (config !== undefined) return
    for (const name in mapping) add(mapping[name])
    add(undefined)
  }
}
