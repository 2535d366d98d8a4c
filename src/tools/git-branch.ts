import { join } from 'node:path'
import { Duration } from '../core/duration.ts'
import { retry } from '../core/wait.ts'
import { ProgramFailed } from './exec.ts'
import type { Files } from './files.ts'

/** One branch of a repository that lies elsewhere, and a repository on this disk that follows it. */
export interface GitBranch {
  /** The repository on this disk. */
  readonly folder: string
  /** Takes in what the branch has now; undefined where there is no such branch. The files stay as they are. */
  fetch(options?: { readonly depth?: number }): Promise<string | undefined>
  /** The commit that is checked out; undefined where there is none yet. */
  head(): Promise<string | undefined>
  /** Makes the files those of a commit. Others stay. */
  checkOut(commit: string): Promise<void>
  /** As `checkOut`, and drops all else, also the lock of a git that was killed. */
  reset(commit: string): Promise<void>
  /** Commits all files as they lie there, ignored ones too. Gives the commit. */
  commit(message: string): Promise<string>
  /** Whether one commit has the other in its past, or is it. */
  isAncestor(older: string, newer: string): Promise<boolean>
  /** Text of a file in the last commits that changed it, newest first; undefined where it was deleted. */
  history(path: string, from: string, most?: number): Promise<readonly PastFile[]>
  /** Pushes a commit to the branch, or to another one of the repository; 'rejected' where the server won't have it. */
  push(commit: string, branch?: string): Promise<'pushed' | 'rejected'>
  /** Branches of the repository whose names begin so. */
  branches(prefix: string): Promise<readonly string[]>
}

export interface PastFile {
  readonly commit: string
  readonly text: string | undefined
}

export interface GitBranchOptions {
  /** Where the repository on this disk is; begun where there is none. */
  readonly folder: string
  readonly uri: string
  readonly branch: string
  /** Runs git in a folder, quietly: what it prints is an answer to us. */
  readonly run: (args: readonly string[], cwd: string, input?: string) => Promise<string>
}

/** Times that a push or a fetch is tried where the network fails it. */
const tries = 3
const pause = Duration.seconds(1)

export async function openGitBranch(files: Files, options: GitBranchOptions): Promise<GitBranch> {
  const { folder, uri, branch, run } = options
  const git = (...args: string[]): Promise<string> => run(args, folder)
  await files.makeFolder(folder)
  if (!(await files.exists(join(folder, '.git')))) await git('init', '--quiet', '--initial-branch', 'state')
  const ref = `refs/heads/${branch}`
  const steadily = <T>(work: () => Promise<T>): Promise<T> =>
    retry(work, { tries, pause, when: thrown => thrown instanceof ProgramFailed && isPassing(thrown.stderr) })

  return {
    folder,
    async fetch({ depth } = {}) {
      const shallow = depth === undefined ? [] : [`--depth=${depth}`]
      try {
        await steadily(() => git('fetch', '--quiet', '--no-tags', ...shallow, uri, ref))
      } catch (thrown) {
        if (isMissingRef(thrown)) return undefined
        throw thrown
      }
      // One branch was asked for, so one line says what it is.
      return (await files.readText(join(folder, '.git', 'FETCH_HEAD'))).split('\t', 1)[0]
    },
    async head() {
      const found = await git('rev-parse', '--quiet', '--verify', 'HEAD^{commit}').catch(unlessExit(1))
      return found?.trim()
    },
    async checkOut(commit) {
      await git('reset', '--quiet', '--hard', commit)
    },
    async reset(commit) {
      await files.remove(join(folder, '.git', 'index.lock'))
      await git('reset', '--quiet', '--hard', commit)
      await git('clean', '--quiet', '--force', '--force', '-d', '-x')
    },
    async commit(message) {
      await git('add', '--all', '--force')
      await git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', message)
      return (await git('rev-parse', 'HEAD')).trim()
    },
    async isAncestor(older, newer) {
      return (await git('merge-base', '--is-ancestor', older, newer).catch(unlessExit(1))) !== undefined
    },
    async history(path, from, most) {
      const limit = most === undefined ? [] : [`--max-count=${most}`]
      const commits = (await git('log', '--format=%H', ...limit, from, '--', path))
        .split('\n')
        .filter(Boolean)
      const names = commits.map(commit => `${commit}:${path}\n`).join('')
      return pastFiles(commits, commits.length === 0 ? '' : await run(['cat-file', '--batch'], folder, names))
    },
    async push(commit, to = branch) {
      const destination = `${commit}:refs/heads/${to}`
      try {
        await steadily(() => git('push', '--quiet', uri, destination))
        return 'pushed'
      } catch (thrown) {
        if (thrown instanceof ProgramFailed && /\[(remote )?rejected\]/.test(thrown.stderr)) return 'rejected'
        throw thrown
      }
    },
    async branches(prefix) {
      const lines = (await steadily(() => git('ls-remote', '--heads', uri, `refs/heads/${prefix}*`))).split(
        '\n'
      )
      return lines.flatMap(line => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? [])
    }
  }
}

/** Takes the answers of `git cat-file --batch` apart, by their lengths in bytes. */
function pastFiles(commits: readonly string[], answers: string): PastFile[] {
  const bytes = Buffer.from(answers)
  let at = 0
  return commits.map(commit => {
    const end = bytes.indexOf('\n', at)
    const size = /^\S+ blob (\d+)$/.exec(bytes.toString('utf8', at, end))?.[1]
    at = end + 1
    if (size === undefined) return { commit, text: undefined }
    const text = bytes.toString('utf8', at, at + Number(size))
    at += Number(size) + 1
    return { commit, text }
  })
}

/** Turns the failure with one exit code, which is an answer, into undefined. */
function unlessExit(code: number): (thrown: unknown) => undefined {
  return thrown => {
    if (thrown instanceof ProgramFailed && thrown.exitCodeOfProgram === code) return undefined
    throw thrown
  }
}

function isMissingRef(thrown: unknown): boolean {
  return thrown instanceof ProgramFailed && /couldn't find remote ref/.test(thrown.stderr)
}

/** Words of git, ssh and curl for a network that may be there a moment later. */
function isPassing(stderr: string): boolean {
  return /timed? ?out|Connection (refused|reset|closed)|Could not resolve host|early EOF|hung up|RPC failed|50[0-9]/i.test(
    stderr
  )
}
