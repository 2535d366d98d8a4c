import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf } from '../../core/errors.ts'

/** Old versions that stay. A slow writer is told from a fast one by them, and a person can look back. */
const kept = 16

/**
 * JSON data that several processes change. Each change is a file of its own, `state.<version>.json`, and comes into being
 * by a hard link, which fails when another process was first; the change is then made again on what that one wrote.
 * Nobody holds a lock, so a process that is killed at any point leaves neither a lock nor a half-written state behind.
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
      try {
        return { version, data: JSON.parse(readFileSync(this.#path(version), 'utf8')) as T }
      } catch (thrown) {
        // Others were so much faster that this version has been swept away: look again.
        if (systemCodeOf(thrown) !== 'ENOENT') throw thrown
      }
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
    const versions = this.#versions()
    const latest = versions.at(-1) ?? version
    // The link succeeded only because its number had been swept away again: the state has long moved on.
    if (latest >= version + kept) {
      rmSync(path, { force: true })
      return false
    }
    for (const old of versions) if (old <= latest - kept) rmSync(this.#path(old), { force: true })
    return true
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
