import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readTaskConfig } from '../concourse/read.ts'
import type { Json, JsonObject, TaskConfig, TaskStep } from '../concourse/model.ts'
import { systemCodeOf, UserError } from '../core/errors.ts'
import { formatFinding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import type { Artifacts } from './artifacts.ts'
import { noticesOf, problemsOf } from './inspect-task.ts'
import { isMap, mapTexts } from '../concourse/json.ts'
import { paramTexts } from './task-params.ts'
import { fieldOf, interpolate, type Resolve } from '../concourse/interpolate.ts'
import type { Variables } from './variables.ts'

/** A task as it will run. */
export interface LoadedTask {
  readonly config: TaskConfig
  readonly params: Readonly<Record<string, string>>
  readonly notices: readonly string[]
}

/**
 * The task of a step: its file with the step's own `vars`, then the step's params over the task's, then every other var
 * (concourse v8.3, atc/exec/task_step.go). Throws a UserError where that is no task for this machine.
 */
export async function loadTask(
  step: TaskStep,
  artifacts: Artifacts,
  variables: Variables
): Promise<LoadedTask> {
  const notices: string[] = []
  const { config, params } =
    step.file === undefined
      ? { config: configOf(step), params: paramTexts(step.config?.params ?? {}) }
      : await readFileOf(step, step.file, artifacts, notices)
  const own = paramTexts(step.params ?? {})
  for (const name of Object.keys(own).filter(one => !Object.hasOwn(params, one))) {
    notices.push(`the param ${name} is given by the pipeline, and the task does not declare it`)
  }
  const filled = variables.fillMap({ ...params, ...own }, 'params')
  const loaded = fillTexts(config, value => variables.fill(value, 'the task'))
  const problem = problemsOf(loaded)[0]
  if (problem !== undefined) throw new UserError('findings', problem)
  // What an inline task has of these was told before the run began.
  if (step.file !== undefined) notices.push(...noticesOf(loaded))
  return { config: loaded, params: paramTexts(filled), notices }
}

function configOf(step: TaskStep): TaskConfig {
  if (step.config !== undefined) return step.config
  throw new UserError('findings', 'found neither file nor config, expected one of them')
}

async function readFileOf(
  step: TaskStep,
  file: string,
  artifacts: Artifacts,
  notices: string[]
): Promise<{ config: TaskConfig; params: JsonObject }> {
  const { config, warnings } = readTaskConfig(await textOfFile(file, artifacts), file)
  notices.push(...warnings.map(formatFinding))
  const vars = step.vars ?? {}
  const resolve: Resolve = ({ source, path, fields }) =>
    source === undefined ? fieldOf(vars, [path, ...fields]) : undefined
  const params = interpolate(paramTexts(config.params ?? {}), resolve)
  return {
    config: fillTexts(config, value => interpolate(value, resolve)),
    params: paramTexts(isMap(params) ? params : {})
  }
}

/** Fills the vars of a task's texts; its params are filled apart, and its image is not fetched. */
function fillTexts(config: TaskConfig, fill: (text: string) => Json): TaskConfig {
  const fillText = (text: string): string => {
    const filled = fill(text)
    if (typeof filled === 'string') return filled
    throw new UserError('findings', `${text}: found a value that is no text, expected a text`, {
      hint: `give ${text} a text`
    })
  }
  return {
    ...config,
    ...given('run', mapTexts(config.run, fillText)),
    ...given('inputs', mapTexts(config.inputs, fillText)),
    ...given('outputs', mapTexts(config.outputs, fillText)),
    ...given('caches', mapTexts(config.caches, fillText))
  }
}

async function textOfFile(file: string, artifacts: Artifacts): Promise<string> {
  const slash = file.indexOf('/')
  const name = file.slice(0, slash)
  const artifact = artifacts.find(name)
  if (slash < 1 || artifact === undefined) {
    throw new UserError(
      'findings',
      `file: found no artifact ${name} for ${file}, expected one of ${artifacts.names().join(', ')}`,
      { hint: 'get the artifact, or let a task make it, before this step' }
    )
  }
  try {
    return await readFile(join(artifact.folder, join('/', file.slice(slash + 1))), 'utf8')
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw thrown
    throw new UserError('findings', `file: found no ${file}`, {
      hint: `check that the artifact ${name} holds this file`,
      cause: thrown
    })
  }
}
