import { randomUUID } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf } from '../../core/errors.ts'

/** Old versions that stay whole, for a person to look back. */
const kept = 16

/** How long the number of a swept version stays taken: longer than any writer pauses between reading and writing. */
const takenMillis = 3_600_000

/**
 * JSON data that several processes change. Each change is a file of its own, `state.<version>.json`, and comes into being
 * by a hard link, which fails when another process was first; the change is then made again on what that one wrote.
 * Nobody holds a lock, so a process that is killed at any point leaves neither a lock nor a half-written state behind.
 *
 * A swept version stays as an empty file: were its number free again, a writer that slept could take it, and one whose
 * change was long built upon could not tell itself from that one.
 */
export class VersionedState<T> {
  readonly #folder: string
  readonly #empty: T

  constructor(folder: string, empty: T) {
    this.#folder = folder
    this.#empty = empty
  }

  read(): T {
    return this.#readLatest().data
  }

  /** Makes one change, all of it or (when `edit` throws) nothing. `edit` may run several times, so it only edits the draft. */
  change<R>(edit: (draft: T) => R): R {
    mkdirSync(this.#folder, { recursive: true })
    for (;;) {
      const { version, data } = this.#readLatest()
      const result = edit(data)
      if (this.#publish(version + 1, data)) return result
    }
  }

  #readLatest(): { version: number; data: T } {
    for (;;) {
      const version = this.#versions().at(-1)
      if (version === undefined) return { version: 0, data: structuredClone(this.#empty) }
      const text = readFileSync(this.#path(version), 'utf8')
      // Others were so much faster that this version has been swept: look again.
      if (text !== '') return { version, data: JSON.parse(text) as T }
    }
  }

  #publish(version: number, data: T): boolean {
    const draft = join(this.#folder, `.${randomUUID()}.tmp`)
    const path = this.#path(version)
    writeFileSync(draft, `${JSON.stringify(data, undefined, 2)}\n`, { mode: 0o600 })
    try {
      linkSync(draft, path)
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'EEXIST') return false
      throw thrown
    } finally {
      rmSync(draft, { force: true })
    }
    this.#sweep(version)
    return true
  }

  #sweep(latest: number): void {
    for (const version of this.#versions()) {
      if (version > latest - kept) return
      const path = this.#path(version)
      const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: Date.now() }
      if (size > 0) truncateSync(path)
      else if (Date.now() - mtimeMs > takenMillis) rmSync(path, { force: true })
    }
  }

  #versions(): readonly number[] {
    let names: readonly string[]
    try {
      names = readdirSync(this.#folder)
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'ENOENT') return []
      throw thrown
    }
    return names
      .flatMap(name => {
        const digits = /^state\.(\d+)\.json$/.exec(name)?.[1]
        return digits === undefined ? [] : [Number(digits)]
      })
      .sort((left, right) => left - right)
  }

  #path(version: number): string {
    return join(this.#folder, `state.${String(version).padStart(6, '0')}.json`)
  }
}
