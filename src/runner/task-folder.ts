import { chmod, lstat, mkdir, rename } from 'node:fs/promises'
import { isAbsolute, join, normalize } from 'node:path'
import { systemCodeOf, UserError } from '../core/errors.ts'
import { removeTree } from './copy-tree.ts'
import { guarded, type Volumes } from './volumes.ts'

/** A folder that a task finds in its working directory. */
export interface Mount {
  /** As `mountPath` gives it. */
  readonly path: string
  /** The volume whose copy it is; an empty folder where there is none. */
  readonly volume?: string
}

/**
 * Where an input, output or cache lies in the working directory; `.` is the directory itself. `..` is deleted rather than
 * followed (concourse v8.3, atc/exec/task_step.go, resolvePath). Throws a UserError for an absolute path: in a container
 * it is the task's own, on this machine it is everybody's.
 */
export function mountPath(path: string): string {
  if (isAbsolute(path)) {
    throw new UserError('findings', `found the path ${path}, expected one in the task's working directory`, {
      hint: 'make the path relative'
    })
  }
  return normalize(`./${path.replaceAll('..', '')}`).replace(/\/$/, '')
}

/** Fills a working directory, outer folders before those that lie in them and hide what was there. */
export async function layOut(work: string, mounts: readonly Mount[], volumes: Volumes): Promise<void> {
  await mkdir(work, { recursive: true })
  for (const { path, volume } of [...mounts].sort((a, b) => depthOf(a.path) - depthOf(b.path))) {
    const folder = join(work, path)
    if (path !== '.') await removeTree(folder)
    if (volume === undefined) await guarded(folder, () => mkdir(folder, { recursive: true }))
    else await volumes.copy(volume, folder)
  }
}

/**
 * Takes folders out of a working directory as volumes, inner ones first. A folder that the task has removed is empty; in a
 * container it could not have removed it. Throws a UserError where something else stands in its place.
 */
export async function collect(
  work: string,
  paths: readonly string[],
  volumes: Volumes
): Promise<ReadonlyMap<string, string>> {
  const collected = new Map<string, string>()
  for (const path of [...new Set(paths)].sort((a, b) => depthOf(b) - depthOf(a))) {
    collected.set(path, await takeOut(work, path, volumes))
  }
  return collected
}

async function takeOut(work: string, path: string, volumes: Volumes): Promise<string> {
  const folder = join(work, path)
  const found = await lstat(folder).catch((thrown: unknown) => {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw thrown
  })
  if (found === undefined) return volumes.make()
  if (!found.isDirectory()) {
    throw new UserError('program', `${path}: the task left something else in the place of this folder`, {
      hint: `let the task write into the folder ${path}, not replace it`
    })
  }
  const volume = volumes.place()
  // A folder that its owner can't write to can't be moved either.
  await chmod(folder, found.mode | 0o700)
  await rename(folder, volume)
  await chmod(volume, found.mode)
  // What lies around it keeps the place at which it stood.
  if (path !== '.') await mkdir(folder)
  return volume
}

function depthOf(path: string): number {
  return path === '.' ? 0 : path.split('/').length
}
