import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { TaskConfig } from '../concourse/model.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import { checkTaskText, type CheckTaskOptions } from '../rules/check-text.ts'
import { shownPath } from './shown-path.ts'
import { mostBytes, textOf } from './source-text.ts'

/** Reads the task files that pipelines name, from the folders in which their artifacts lie; each once. */
export class TaskFiles {
  /** What is wrong in those that were read. */
  readonly findings: Finding[] = []
  readonly #folders: ReadonlyMap<string, string>
  readonly #options: CheckTaskOptions
  readonly #configs = new Map<string, TaskConfig | undefined>()
  /** One file may have several names: those of two artifacts that lie in one folder. */
  readonly #read = new Map<string, TaskConfig | undefined>()

  /** `folders`: the name of an artifact → where it lies. */
  constructor(folders: ReadonlyMap<string, string>, options: CheckTaskOptions) {
    this.#folders = folders
    this.#options = options
  }

  /** The config of `<artifact>/<path>`; undefined where it is not at hand, or is none. */
  readonly find = (file: string): TaskConfig | undefined => {
    if (!this.#configs.has(file)) this.#configs.set(file, this.#configOf(file))
    return this.#configs.get(file)
  }

  #configOf(file: string): TaskConfig | undefined {
    const slash = file.indexOf('/')
    const folder = this.#folders.get(file.slice(0, slash))
    const path = folder === undefined ? undefined : realPathWithin(folder, file.slice(slash + 1))
    if (path === undefined) return undefined
    if (!this.#read.has(path)) this.#read.set(path, this.#readFrom(path))
    return this.#read.get(path)
  }

  #readFrom(path: string): TaskConfig | undefined {
    const name = shownPath(path)
    const bytes = readBytes(path)
    if (bytes === undefined) return undefined
    try {
      const { config, findings } = checkTaskText(textOf(bytes, name), name, this.#options)
      this.findings.push(...findings)
      return config
    } catch (thrown) {
      if (!(thrown instanceof FindingsError)) throw thrown
      this.findings.push(...thrown.findings)
      return undefined
    }
  }
}

/**
 * Where a file of an artifact really lies. Undefined where it is not there, since a build may make it, and where the
 * path leads out of the artifact: a pipeline of somebody else's shall not choose which files are read and shown.
 */
function realPathWithin(folder: string, path: string): string | undefined {
  try {
    const base = realpathSync(folder)
    const real = realpathSync(join(base, path))
    return real.startsWith(base + sep) && statSync(real).isFile() ? real : undefined
  } catch {
    return undefined
  }
}

/** As much of a file as tells that it is too long; undefined where it can't be read. */
function readBytes(path: string): Buffer | undefined {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = Buffer.alloc(Math.min(statSync(path).size, mostBytes + 1))
    return bytes.subarray(0, readSync(file, bytes))
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
