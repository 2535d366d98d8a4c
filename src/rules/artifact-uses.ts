import type { PutStep, TaskConfig, TaskStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
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

type Use = Pick<Need, 'artifact' | 'use' | 'path'> & { readonly isSure?: false }

/** The artifacts that must be there for a step to run. What a var will say is not known, and not among them. */
export function needsOf(node: PlacedStep, configOf: Subject['configOf']): readonly Need[] {
  return usesOf(node, configOf).flatMap(use =>
    use.artifact === '' || use.artifact.includes('((') ? [] : [{ isSure: true, ...use, node }]
  )
}

function usesOf({ step, path }: PlacedStep, configOf: Subject['configOf']): readonly Use[] {
  if (step.kind === 'put') return usesOfPut(step, path)
  if (step.kind === 'task') return usesOfTask(step, configOf(step), path)
  if (step.kind === 'load_var') return fileUse(step.file, 'the holder of the file', `${path}.file`)
  if (step.kind !== 'set_pipeline') return []
  const varFiles = (step.var_files ?? []).flatMap((file, index) =>
    fileUse(file, 'the holder of a var file', `${path}.var_files[${index}]`)
  )
  return [...fileUse(step.file, 'the holder of the pipeline', `${path}.file`), ...varFiles]
}

/** With `detect` and `all` a put takes what is there, and misses nothing. */
function usesOfPut({ inputs }: PutStep, path: string): readonly Use[] {
  if (typeof inputs !== 'object') return []
  return inputs.map((artifact, index) => ({ artifact, use: 'an input', path: `${path}.inputs[${index}]` }))
}

function usesOfTask(step: TaskStep, config: TaskConfig | undefined, path: string): readonly Use[] {
  const { file, image, input_mapping: mapping = {} } = step
  const uses: Use[] = []
  if (file !== undefined) uses.push(...fileUse(file, 'the holder of the task file', `${path}.file`))
  if (image !== undefined) uses.push({ artifact: image, use: 'the image', path: `${path}.image` })
  const unknown = config === undefined ? ({ isSure: false } as const) : {}
  const inputs = config === undefined ? Object.keys(mapping).map(name => ({ name })) : (config.inputs ?? [])
  for (const input of inputs) {
    if ('optional' in input && input.optional) continue
    const artifact = mapping[input.name]
    const at = artifact === undefined ? path : `${path}.input_mapping.${input.name}`
    uses.push({ artifact: artifact ?? input.name, use: `the input ${input.name}`, path: at, ...unknown })
  }
  return uses
}

/** A file is named by its artifact and its path there; a name alone is another rule's matter. */
function fileUse(file: string, use: string, path: string): readonly Use[] {
  const slash = file.indexOf('/')
  return slash === -1 ? [] : [{ artifact: file.slice(0, slash), use, path }]
}

/**
 * What a step makes: a get its name, a put too unless `no_get`, a task its outputs (concourse v8.3, atc/exec). A name
 * with a var in it may be any.
 */
export function madeBy(node: PlacedStep, configOf: Subject['configOf']): readonly Made[] {
  return namesMadeBy(node, configOf).map(name => ({
    artifact: name?.includes('((') === true ? undefined : name,
    node
  }))
}

function namesMadeBy({ step }: PlacedStep, configOf: Subject['configOf']): readonly (string | undefined)[] {
  if (step.kind === 'get') return [step.name]
  if (step.kind === 'put') return step.no_get === true ? [] : [step.name]
  if (step.kind !== 'task') return []
  const config = configOf(step)
  if (config === undefined) return [...Object.values(step.output_mapping ?? {}), undefined]
  return (config.outputs ?? []).map(({ name }) => step.output_mapping?.[name] ?? name)
}
