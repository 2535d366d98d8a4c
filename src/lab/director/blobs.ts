import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf } from '../../core/errors.ts'

/** Files that a task leaves to be fetched, by id. */
export class Blobs {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = join(folder, 'blobs')
  }

  add(content: Buffer): string {
    const id = randomUUID()
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(join(this.#folder, id), content, { mode: 0o600 })
    return id
  }

  read(id: string): Buffer | undefined {
    if (!/^[\da-f-]{36}$/.test(id)) return undefined
    try {
      return readFileSync(join(this.#folder, id))
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'ENOENT') return undefined
      throw thrown
    }
  }
}
