import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCodeOf } from '../core/errors.ts'
import { diskError } from './files.ts'

/** One file or symbolic link of a tree. */
export interface TreeFile {
  readonly kind: 'file' | 'link'
  readonly executable: boolean
  /** Of a link: where it points to. */
  readonly content: Uint8Array
}

/** Files and links by their path below the root, with `/` between folders. Empty folders are no part of it. */
export type Tree = ReadonlyMap<string, TreeFile>

/** How many files are read or written at once: enough to keep the disk busy, few enough for its handles. */
const atOnce = 32

/** Reads all that lies in a folder, in the order of the paths; nothing where there is no such folder. */
export async function readTree(
  folder: string,
  leaveOut: (path: string) => boolean = () => false
): Promise<Map<string, TreeFile>> {
  const paths: string[] = []
  await collect(folder, '', leaveOut, paths)
  const files = await inBatches(
    paths.sort(),
    async path => [path, await readOne(join(folder, path))] as const
  )
  // What went away between listing and reading is not there.
  return new Map(files.flatMap(([path, file]) => (file === undefined ? [] : [[path, file] as const])))
}

async function collect(
  folder: string,
  prefix: string,
  leaveOut: (path: string) => boolean,
  found: string[]
): Promise<void> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true }).catch((thrown: unknown) => {
    if (systemCodeOf(thrown) === 'ENOENT') return []
    throw diskError(folder, thrown)
  })
  for (const entry of entries) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (leaveOut(path)) continue
    if (entry.isDirectory()) await collect(folder, path, leaveOut, found)
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(path)
  }
}

async function readOne(path: string): Promise<TreeFile | undefined> {
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink())
      return { kind: 'link', executable: false, content: Buffer.from(await readlink(path)) }
    return { kind: 'file', executable: (found.mode & 0o100) !== 0, content: await readFile(path) }
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw diskError(path, thrown)
  }
}

/**
 * Makes a folder anew, with a tree in it that its owner alone can read: folders 0700, files 0600, executables 0700.
 * The paths must have been checked: none leads out of the folder, or through a link.
 */
export async function writeTree(folder: string, tree: Tree): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  for (const parent of new Set([...tree.keys()].map(path => dirname(path)))) {
    await mkdir(join(folder, parent), { recursive: true, mode: 0o700 })
  }
  await inBatches([...tree], async ([path, file]) => {
    const at = join(folder, path)
    try {
      if (file.kind === 'link') await symlink(Buffer.from(file.content), at)
      else await writeFile(at, file.content, { mode: file.executable ? 0o700 : 0o600 })
    } catch (thrown) {
      throw diskError(at, thrown)
    }
  })
}

/** Writes and removes single files of a folder, with the usual modes. */
export async function changeFiles(
  folder: string,
  written: ReadonlyMap<string, Uint8Array | string>,
  removed: readonly string[]
): Promise<void> {
  for (const parent of new Set([...written.keys()].map(path => dirname(path)))) {
    await mkdir(join(folder, parent), { recursive: true })
  }
  await inBatches(removed, path => rm(join(folder, path), { force: true }))
  await inBatches([...written], async ([path, content]) => {
    await writeFile(join(folder, path), content).catch((thrown: unknown) => {
      throw diskError(join(folder, path), thrown)
    })
  })
}

/** A word that changes whenever a file is written; undefined where there is none. */
export async function stampOf(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => undefined
  )
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))))
  }
  return results
}
