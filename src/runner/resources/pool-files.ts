import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCodeOf, UserError } from '../../core/errors.ts'
import type { Git } from './git-access.ts'

export type LockState = 'claimed' | 'unclaimed'

/** One pool in a working copy of its repository: `<pool>/{claimed,unclaimed}/<lock>`. */
export interface PoolFiles {
  has(state: LockState, lock: string): Promise<boolean>
  /** Locks in a state; files that begin with a dot are none. */
  list(state: LockState): Promise<readonly string[]>
  move(lock: string, from: LockState, to: LockState): Promise<void>
  write(state: LockState, lock: string, content: string): Promise<void>
  remove(state: LockState, lock: string): Promise<void>
}

export function poolFiles(git: Git, copy: string, pool: string): PoolFiles {
  const folderOf = (state: LockState): string => join(pool, state)
  const list = async (state: LockState): Promise<readonly string[]> => {
    const names = await readdir(join(copy, folderOf(state))).catch((thrown: unknown) => {
      // Git keeps no empty folder, so one without a lock may not be there.
      if (systemCodeOf(thrown) === 'ENOENT') return []
      throw thrown
    })
    return names.filter(name => !name.startsWith('.')).sort()
  }
  return {
    list,
    has: async (state, lock) => (await list(state)).includes(lock),
    async move(lock, from, to) {
      await mkdir(join(copy, folderOf(to)), { recursive: true })
      await git(['mv', join(folderOf(from), lock), join(folderOf(to), lock)])
    },
    async write(state, lock, content) {
      await mkdir(join(copy, folderOf(state)), { recursive: true })
      await writeFile(join(copy, folderOf(state), lock), content)
      await git(['add', join(folderOf(state), lock)])
    },
    async remove(state, lock) {
      await git(['rm', '--quiet', join(folderOf(state), lock)])
    }
  }
}

/** A lock as a step hands it over: a folder with a file `name` and a file `metadata`. */
export interface HandedLock {
  readonly name: string
  readonly metadata: () => Promise<string>
}

/** Reads a lock from the inputs of a put. Throws a UserError where the folder holds none. */
export async function handedLock(inputs: string, param: string, path: string): Promise<HandedLock> {
  const folder = join(inputs, join('/', path))
  const read = async (file: string): Promise<string> => {
    try {
      return await readFile(join(folder, file), 'utf8')
    } catch (thrown) {
      if (systemCodeOf(thrown) !== 'ENOENT') throw thrown
      throw new UserError('program', `params.${param}: found no file ${file} in ${path}, expected a lock`, {
        hint: 'name the get or put step of this job that has the lock',
        cause: thrown
      })
    }
  }
  const name = (await read('name')).trim()
  if (name === '' || name.includes('/') || name.startsWith('.')) {
    throw new UserError(
      'program',
      `params.${param}: found the name ${JSON.stringify(name)}, expected a file's`
    )
  }
  return { name, metadata: () => read('metadata') }
}
