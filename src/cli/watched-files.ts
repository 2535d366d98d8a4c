import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** What is there of some paths. */
export interface Look {
  /** Files, by the names that they were asked for, each with what changes when it is written or replaced. */
  readonly files: ReadonlyMap<string, string>
  /** Folders in which something happens when any of the files changes, or comes. */
  readonly folders: ReadonlySet<string>
}

/** Looks at files, and at folders with all that is below them. */
export async function lookAt(paths: readonly string[]): Promise<Look> {
  const look = new Looking()
  for (const path of paths) await look.at(path)
  return look
}

class Looking implements Look {
  readonly files = new Map<string, string>()
  readonly folders = new Set<string>()
  /** Links may lead round in a circle. */
  readonly #entered = new Set<string>()

  async at(path: string): Promise<void> {
    this.folders.add(await nearestFolder(dirname(resolve(path))))
    const real = await realpath(path).catch(() => undefined)
    if (real === undefined) return
    // What a symbolic link points to may be written, and the link itself bent.
    this.folders.add(dirname(real))
    await this.#file(path, real)
  }

  async #file(path: string, real: string): Promise<void> {
    const found = await stat(real).catch(() => undefined)
    if (found === undefined) return
    if (found.isDirectory()) await this.#below(path, real)
    else this.files.set(path, `${found.ino} ${found.size} ${found.mtimeMs}`)
  }

  async #below(path: string, real: string): Promise<void> {
    if (this.#entered.has(real)) return
    this.#entered.add(real)
    this.folders.add(real)
    const entries = await readdir(real, { withFileTypes: true }).catch((): Dirent[] => [])
    await Promise.all(
      entries.map(async entry => {
        const inside = join(path, entry.name)
        if (isPassing(entry.name)) return
        await (entry.isSymbolicLink() ? this.at(inside) : this.#file(inside, join(real, entry.name)))
      })
    )
  }
}

/** What editors, git and packages put beside files that people write. */
function isPassing(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~') || name === 'node_modules'
}

/** The folder, or the first above it that is there: git takes folders away and brings them back. */
async function nearestFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined)
  return found?.isDirectory() === true || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}
