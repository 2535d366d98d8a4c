import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { systemCodeOf, UserError } from '../core/errors.ts'

/** Mode of whatever may hold a secret: its owner alone. */
const secretMode = 0o600

/** The disk, as tasks see it. Paths are absolute; text is UTF-8. */
export interface Files {
  exists(path: string): Promise<boolean>
  /** Whether it is a file that can be executed once every symbolic link is followed. */
  isExecutable(path: string): Promise<boolean>
  /** Throws a UserError that names the path where it can't be read. */
  readText(path: string): Promise<string>
  /** As `readText`, but undefined where there is no such file. */
  readTextIfAny(path: string): Promise<string | undefined>
  /** Bytes of a file; undefined where there is none. */
  readBytes(path: string): Promise<Uint8Array | undefined>
  /** SHA-256 of a file of any size, in hexadecimal digits. */
  sha256(path: string): Promise<string>
  /** Writes bytes as they are, all or nothing, readable for everybody. */
  writeBytes(path: string, content: Uint8Array): Promise<void>
  /** Writes a whole file or nothing, and makes the folder that it lies in. Secrets that are known are masked in it. */
  writeText(path: string, text: string): Promise<void>
  /** As `writeText`, but as it is, and readable for its owner alone (mode 0600). */
  writeSecret(path: string, text: string): Promise<void>
  /** Names in a folder, sorted; none where there is no such folder. */
  list(folder: string): Promise<string[]>
  /** Paths of all files below a folder, from there on, sorted; links are followed. None where there is no such folder. */
  listAll(folder: string): Promise<string[]>
  makeFolder(path: string): Promise<void>
  /** Lets everybody execute a file. */
  makeExecutable(path: string): Promise<void>
  /** Copies what lies in `from` into `to`; symbolic links become the files they point to. */
  copyReal(from: string, to: string): Promise<void>
  /** Copies all that lies in `from` into `to` as it is: links as links, history too. */
  copyWhole(from: string, to: string): Promise<void>
  /** Removes a file or a whole folder, if it is there. */
  remove(path: string): Promise<void>
}

/** The disk. `redact` cleans what goes to files that others may read. @default nothing is cleaned */
export function createFiles(redact: (text: string) => string = text => text): Files {
  return {
    exists,
    isExecutable,
    readText,
    readTextIfAny,
    readBytes,
    sha256,
    writeBytes: (path, content) => writeWhole(path, content, 0o644),
    writeText: (path, text) => writeText(path, redact(text)),
    writeSecret,
    list,
    listAll,
    makeFolder,
    makeExecutable,
    copyReal,
    copyWhole,
    remove
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    const { mode } = await stat(await realpath(path))
    return (mode & 0o111) !== 0
  } catch {
    return false
  }
}

async function readText(path: string): Promise<string> {
  const text = await readTextIfAny(path)
  if (text !== undefined) return text
  throw new UserError('program', `${path}: found nothing, expected a file`)
}

async function readTextIfAny(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw diskError(path, thrown)
  }
}

async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw diskError(path, thrown)
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash).catch((thrown: unknown) => {
    throw diskError(path, thrown)
  })
  return hash.digest('hex')
}

async function writeText(path: string, text: string): Promise<void> {
  await writeWhole(path, text, 0o644)
}

async function writeSecret(path: string, text: string): Promise<void> {
  await writeWhole(path, text, secretMode)
}

/** A reader sees the old file or the new one, never half of one. */
async function writeWhole(path: string, text: string | Uint8Array, mode: number): Promise<void> {
  const half = `${path}.${process.pid}.half`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(half, text, { mode })
    await rename(half, path)
  } catch (thrown) {
    await rm(half, { force: true })
    throw diskError(path, thrown)
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return []
    throw diskError(folder, thrown)
  }
}

async function listAll(folder: string): Promise<string[]> {
  const names = await list(folder)
  const below = await Promise.all(
    names.map(async name => {
      const path = join(folder, name)
      if (!(await stat(path)).isDirectory()) return [name]
      return (await listAll(path)).map(inside => `${name}/${inside}`)
    })
  )
  return below.flat().sort()
}

async function makeExecutable(path: string): Promise<void> {
  await chmod(path, 0o755).catch((thrown: unknown) => {
    throw diskError(path, thrown)
  })
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((thrown: unknown) => {
    throw diskError(path, thrown)
  })
}

async function copyReal(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    dereference: true,
    filter: path => path !== join(from, '.git')
  }).catch((thrown: unknown) => {
    throw diskError(to, thrown)
  })
}

async function copyWhole(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true }).catch((thrown: unknown) => {
    throw diskError(to, thrown)
  })
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch((thrown: unknown) => {
    throw diskError(path, thrown)
  })
}

const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'free some room on that disk, then run it again',
  EACCES: 'let this user write there, or choose another folder',
  EROFS: 'choose a folder on a disk that can be written',
  EDQUOT: 'free some of your quota, then run it again'
}

/** Says what the disk refused in words that help; a failure that we don't know stays as it is. */
export function diskError(path: string, thrown: unknown): unknown {
  const code = systemCodeOf(thrown)
  const hint = code === undefined ? undefined : hints[code]
  if (hint === undefined) return thrown
  return new UserError('program', `${path}: ${String(code)}, expected a disk that takes it`, {
    hint,
    cause: thrown
  })
}
