import { readJson, writeJson } from './json-file.ts'

/**
 * Data of one process that outlives it: kept in memory, and written to its file at the end of the turn in which it was
 * changed. A process that is killed loses at most that turn.
 */
export class Saved<T extends object> {
  readonly data: T
  readonly #path: string
  #pending: NodeJS.Immediate | undefined

  constructor(path: string, empty: T) {
    this.#path = path
    // A lab that an earlier version saved has nothing yet of what came later.
    this.data = { ...empty, ...(readJson(path) as T | undefined) }
  }

  /** Says that the data was changed. */
  touch(): void {
    this.#pending ??= setImmediate(() => this.flush())
  }

  /** Writes now what is to be written. */
  flush(): void {
    if (this.#pending === undefined) return
    clearImmediate(this.#pending)
    this.#pending = undefined
    writeJson(this.#path, this.data)
  }
}
