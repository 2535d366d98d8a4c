import { given } from '../core/given.ts'
import { UserError } from '../core/errors.ts'
import type { TaskConfig, TaskInput } from './model.ts'
import type { ParamDefinition, TaskSignature } from './signature.ts'

/** The input of every task that brings the programs. Task steps map it to wherever the plan has them. */
export const programsInput = 'causeway'

/**
 * The task file of a task: it runs the task's bundle with Node. The pipeline brings the image. Params carry their
 * defaults as text, as they reach the environment; those without one are empty.
 */
export function taskConfigOf(signature: TaskSignature): TaskConfig {
  const { name, outputs, params, caches = [] } = signature
  const outputNames = Object.keys(outputs)
  const paramEntries = Object.entries(params).map(([key, param]) => [key, defaultText(param)] as const)
  return {
    platform: 'linux',
    inputs: inputsOf(signature),
    ...given('outputs', outputNames.length === 0 ? undefined : outputNames.map(output => ({ name: output }))),
    ...given('caches', caches.length === 0 ? undefined : caches.map(path => ({ path }))),
    ...given('params', paramEntries.length === 0 ? undefined : Object.fromEntries(paramEntries)),
    run: { path: 'node', args: [`${programsInput}/tasks/${name}.mjs`] }
  }
}

function inputsOf({ name, inputs }: TaskSignature): readonly TaskInput[] {
  if (programsInput in inputs) {
    throw new UserError(
      'findings',
      `task ${name}: found the input ${programsInput}, expected another name: this one brings the programs`,
      { hint: 'rename the input' }
    )
  }
  const declared = Object.entries(inputs).map(([input, { optional }]) => ({
    name: input,
    ...given('optional', optional)
  }))
  return [{ name: programsInput }, ...declared]
}

function defaultText(param: ParamDefinition): string {
  const value = param.default
  if (value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
