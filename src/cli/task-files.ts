import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { readTaskConfig } from '../concourse/read.ts'
import type { TaskConfig } from '../concourse/model.ts'
import { FindingsError, type Finding } from '../core/finding.ts'

/** Reads the task files that pipelines name, from the folders in which their artifacts lie; each once. */
export class TaskFiles {
  /** What is wrong in those that were read. */
  readonly findings: Finding[] = []
  readonly #folders: ReadonlyMap<string, string>
  readonly #configs = new Map<string, TaskConfig | undefined>()

  /** `folders`: the name of an artifact → where it lies. */
  constructor(folders: ReadonlyMap<string, string>) {
    this.#folders = folders
  }

  /** The config of `<artifact>/<path>`; undefined where it is not at hand, or is none. */
  readonly find = (file: string): TaskConfig | undefined => {
    if (!this.#configs.has(file)) this.#configs.set(file, this.#read(file))
    return this.#configs.get(file)
  }

  #read(file: string): TaskConfig | undefined {
    const slash = file.indexOf('/')
    const folder = this.#folders.get(file.slice(0, slash))
    if (folder === undefined) return undefined
    const path = relative(resolve(), join(folder, file.slice(slash + 1)))
    try {
      const { config, warnings } = readTaskConfig(readFileSync(path, 'utf8'), path)
      this.findings.push(...warnings)
      return config
    } catch (thrown) {
      if (thrown instanceof FindingsError) this.findings.push(...thrown.findings)
      // What is not there may be made by the build.
      return undefined
    }
  }
}
