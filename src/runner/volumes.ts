import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { diskError } from '../tools/files.ts'
import { copyTree, removeTree } from './copy-tree.ts'

/**
 * The folders of one run: what steps leave, and what they work in. They hold secrets, so nobody else can look into them,
 * and nothing of them is there when the run is over.
 */
export class Volumes {
  readonly #folder: string
  readonly #going = new Set<Promise<void>>()
  #count = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A place where nothing is yet. Its name is short, since a task may put a socket in it. */
  place(): string {
    this.#count += 1
    return join(this.#folder, String(this.#count))
  }

  /** A new, empty folder. */
  async make(): Promise<string> {
    const place = this.place()
    await guarded(place, () => mkdir(place, { recursive: true, mode: 0o700 }))
    return place
  }

  /** Copies a volume so that the copy can be changed. */
  async copy(volume: string, to: string): Promise<void> {
    await guarded(to, () => copyTree(volume, to))
  }

  /** Removes a folder that nobody needs any more, without keeping anybody waiting. */
  discard(folder: string): void {
    const going = removeTree(folder)
      // What can't go now goes in the end, and is reported then.
      .catch(() => undefined)
      .finally(() => this.#going.delete(going))
    this.#going.add(going)
  }

  /** Removes all that is left. */
  async close(): Promise<void> {
    await Promise.all(this.#going)
    await guarded(this.#folder, () => removeTree(this.#folder))
  }
}

/** Does something with the disk; a refusal that people can do something about is told in their words. */
export async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw diskError(path, thrown)
  }
}
