import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NamedPipeline } from '../concourse/pipeline.ts'
import type { TaskSignature } from '../concourse/signature.ts'
import type { Environment } from '../environment/environment.ts'
import { UserError } from '../core/errors.ts'
import { nearestName } from '../core/nearest.ts'

export interface PipelineModule {
  readonly name: string
  /** The file that a person edits. */
  readonly source: string
  readonly define: (environment: Environment) => NamedPipeline
}

/** The pipelines of the checkout, as they were built. */
export async function loadPipelines(root: string): Promise<PipelineModule[]> {
  const names = await builtIn(root, 'pipelines')
  return Promise.all(
    names.map(async name => ({
      name,
      source: `pipelines/${name}.ts`,
      define: await defaultOf(root, `pipelines/${name}.js`, isPipelineFunction)
    }))
  )
}

export async function taskNames(root: string): Promise<string[]> {
  return builtIn(root, 'tasks')
}

/** All tasks, in the order of their names. */
export async function loadTasks(root: string): Promise<TaskSignature[]> {
  return Promise.all((await taskNames(root)).map(name => loadTask(root, name)))
}

/** One task by its name; an unknown one is wrong use. */
export async function loadTask(root: string, name: string): Promise<TaskSignature> {
  const names = await taskNames(root)
  if (names.includes(name)) return defaultOf(root, `tasks/${name}.js`, isTask)
  const meant = nearestName(name, names)
  throw new UserError('usage', `task ${name}: found no such task, expected one of ${names.join(', ')}`, {
    hint: meant === undefined ? 'causeway task lists them' : `did you mean ${meant}?`
  })
}

/** Where the program of a task lies, in one file. */
export function taskProgram(root: string, name: string): string {
  return join(root, 'dist', 'bundles', `${name}.mjs`)
}

async function builtIn(root: string, room: string): Promise<string[]> {
  const files = await readdir(join(root, room))
  return files
    .filter(file => file.endsWith('.ts'))
    .map(file => file.slice(0, -'.ts'.length))
    .sort()
}

async function defaultOf<T>(root: string, path: string, is: (value: unknown) => value is T): Promise<T> {
  const module = (await import(pathToFileURL(join(root, 'dist', path)).href)) as {
    readonly default?: unknown
  }
  if (is(module.default)) return module.default
  const source = path.replace(/\.js$/, '.ts')
  throw new UserError('findings', `${source}: found no default export of its kind, expected the definition`, {
    hint: 'see CONTRIBUTING.md for the shape of a pipeline and a task'
  })
}

function isPipelineFunction(value: unknown): value is PipelineModule['define'] {
  return typeof value === 'function'
}

function isTask(value: unknown): value is TaskSignature {
  return typeof value === 'object' && value !== null && 'name' in value && 'run' in value
}
