import type { TaskConfig, TaskInput, TaskStep } from '../concourse/model.ts'
import { UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import type { Artifact, Artifacts } from './artifacts.ts'
import type { TaskCaches } from './task-caches.ts'
import { mountPath, type Mount } from './task-folder.ts'

/** What a task finds in its working directory. Throws a UserError that names every input that is missing. */
export async function mountsOf(
  step: TaskStep,
  config: TaskConfig,
  artifacts: Artifacts,
  kept: TaskCaches
): Promise<readonly Mount[]> {
  const mounts = new Map<string, Mount>()
  for (const { path, artifact } of inputsOf(step, config.inputs ?? [], artifacts)) {
    mounts.set(path, { path, volume: artifact.folder })
  }
  // An output at the place of an input continues it (concourse v8.3, atc/worker/gardenruntime/worker.go).
  for (const path of outputPathsOf(config)) if (!mounts.has(path)) mounts.set(path, { path })
  for (const path of cachePathsOf(config)) {
    if (!mounts.has(path)) mounts.set(path, { path, ...given('volume', await kept.find(path)) })
  }
  return [...mounts.values()]
}

/** The places from which something is taken when the task has ended. */
export function placesOf(config: TaskConfig): readonly string[] {
  return [...outputPathsOf(config), ...cachePathsOf(config)]
}

/** Keeps what lies at the places of caches for the next run; what is an output is no cache. */
export async function keepCaches(
  config: TaskConfig,
  volumes: ReadonlyMap<string, string>,
  kept: TaskCaches
): Promise<void> {
  const outputs = outputPathsOf(config)
  for (const path of cachePathsOf(config)) {
    const folder = volumes.get(path)
    if (folder !== undefined && !outputs.includes(path)) await kept.keep(path, folder)
  }
}

function outputPathsOf({ outputs = [] }: TaskConfig): readonly string[] {
  return outputs.map(({ name, path = name }) => mountPath(path))
}

function cachePathsOf({ caches = [] }: TaskConfig): readonly string[] {
  return caches.map(({ path }) => mountPath(path))
}

function inputsOf(
  step: TaskStep,
  inputs: readonly TaskInput[],
  artifacts: Artifacts
): readonly { readonly path: string; readonly artifact: Artifact }[] {
  const missing: string[] = []
  const found = inputs.flatMap(({ name, path = name, optional }) => {
    const source = step.input_mapping?.[name] ?? name
    const artifact = artifacts.find(source)
    if (artifact?.image === true) {
      throw new UserError('findings', `inputs: ${source} is an image, which is not fetched on this machine`)
    }
    if (artifact !== undefined) return [{ path: mountPath(path), artifact }]
    if (optional !== true) missing.push(source)
    return []
  })
  if (missing.length === 0) return found
  throw new UserError('findings', `inputs: found no artifact ${missing.join(', ')}`, {
    hint: 'get it, or let a task make it, before this step'
  })
}
