import { realpath } from 'node:fs/promises'
import { UserError } from '../core/errors.ts'
import { ProgramFailed, type Programs } from './exec.ts'

/** A path that differs from the commit, as `git status --porcelain` tells of it. */
export interface ChangedPath {
  /** From the root of the checkout. */
  readonly path: string
  /** Two letters: `??` untracked, ` M` changed, ` D` deleted … */
  readonly code: string
}

/** A git checkout that is somebody else's: questions only. */
export interface Checkout {
  readonly folder: string
  commit(): Promise<string>
  /** Names of the tags on that commit, sorted as versions are. */
  tags(): Promise<readonly string[]>
  /** Where it was cloned from, without a password; undefined where nobody knows. */
  origin(): Promise<string | undefined>
  /** What differs from the commit; ignored files are not told. */
  changes(): Promise<readonly ChangedPath[]>
  /** Paths of all files of the commit. */
  paths(): Promise<readonly string[]>
  /** Text of a file as it is in the commit. Throws where it has none. */
  textOf(path: string): Promise<string>
}

/** Throws a UserError (usage, exit code 2) where the folder is not the root of a git checkout with a commit. */
export async function openCheckout(programs: Programs, folder: string): Promise<Checkout> {
  const git = async (...args: string[]): Promise<string> => {
    const command = { program: 'git', args, cwd: folder, echo: false, announce: false }
    return (await programs.run(command)).stdout
  }
  const refuse = (found: string): UserError =>
    new UserError('usage', `${folder}: found ${found}, expected the root of a git checkout`, {
      hint: 'clone the repository, check out the version, and name that folder'
    })
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined) throw refuse('no such folder')
  try {
    const top = (await git('rev-parse', '--show-toplevel')).trim()
    if (top !== real) throw refuse(`a folder of the checkout ${top}`)
    await git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}')
  } catch (thrown) {
    if (thrown instanceof ProgramFailed && thrown.exitCodeOfProgram !== 127) throw refuse('no commit of git')
    throw thrown
  }
  return {
    folder,
    commit: async () => (await git('rev-parse', 'HEAD')).trim(),
    tags: async () => linesOf(await git('tag', '--points-at', 'HEAD', '--sort=version:refname')),
    async origin() {
      const url = await git('remote', 'get-url', 'origin').catch(() => '')
      return url === '' ? undefined : url.trim().replace(/^([a-z]+:\/\/)[^@/]*@/, '$1')
    },
    async changes() {
      const text = await git('status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames')
      const entries = text.split('\0').filter(entry => entry !== '')
      return entries.map(entry => ({ code: entry.slice(0, 2), path: entry.slice(3) }))
    },
    paths: async () => linesOf(await git('ls-tree', '-r', '-z', '--name-only', 'HEAD'), '\0'),
    textOf: path => git('cat-file', 'blob', `HEAD:${path}`)
  }
}

function linesOf(text: string, end = '\n'): readonly string[] {
  return text.split(end).filter(line => line !== '')
}
