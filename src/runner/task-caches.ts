import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCodeOf } from '../core/errors.ts'
import { removeTree } from './copy-tree.ts'
import { guarded } from './volumes.ts'

/** Where caches of tasks are kept from run to run: one folder for each path of each step of a job. */
export class TaskCaches {
  readonly #folder: string

  /** `owner` names the pipeline, the job and the step. */
  constructor(folder: string, owner: readonly [string, string, string]) {
    this.#folder = join(folder, ...owner.map(fileName))
  }

  /** The kept cache of a path; undefined where there is none yet. */
  async find(path: string): Promise<string | undefined> {
    const kept = this.#keptAt(path)
    return stat(kept).then(
      () => kept,
      () => undefined
    )
  }

  /** Keeps a folder in the place of what was kept before. The folder is moved. */
  async keep(path: string, folder: string): Promise<void> {
    const kept = this.#keptAt(path)
    await guarded(kept, async () => {
      await mkdir(dirname(kept), { recursive: true, mode: 0o700 })
      await removeTree(kept)
      await rename(folder, kept).catch((thrown: unknown) => {
        // Another run has kept its own in the meantime, and one is as good as the other.
        if (systemCodeOf(thrown) !== 'ENOTEMPTY') throw thrown
      })
    })
  }

  #keptAt(path: string): string {
    return join(this.#folder, fileName(path))
  }
}

/** A name without slashes, and never `.` or `..`. */
function fileName(text: string): string {
  return encodeURIComponent(text).replaceAll('.', '%2E')
}
