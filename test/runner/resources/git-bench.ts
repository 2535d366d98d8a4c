import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newFolder } from '../bench.ts'

/** A bare repository on this disk, and a working copy to fill it from. */
export interface TestRepository {
  readonly uri: string
  /** Runs git in the working copy. */
  readonly git: (...args: readonly string[]) => string
  /** Commits files and pushes them to a branch; gives the commit. */
  readonly commit: (files: Readonly<Record<string, string>>, message?: string, branch?: string) => string
  /** Content of a file at a revision of the bare repository. */
  readonly show: (path: string, revision?: string) => string
  /** Files of a folder at a revision. */
  readonly list: (folder: string, revision?: string) => readonly string[]
  /** Subjects of all commits of a branch, newest first. */
  readonly subjects: (branch?: string) => readonly string[]
}

export async function newRepository(): Promise<TestRepository> {
  const folder = await newFolder()
  const uri = join(folder, 'origin.git')
  const copy = join(folder, 'copy')
  gitIn(folder, 'init', '--quiet', '--bare', '--initial-branch=main', uri)
  gitIn(folder, 'clone', '--quiet', uri, copy)
  gitIn(copy, 'checkout', '--quiet', '-B', 'main')
  const git = (...args: readonly string[]): string => gitIn(copy, ...args)
  return {
    uri,
    git,
    commit(files, message = 'change', branch = 'main') {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(copy, path)), { recursive: true })
        writeFileSync(join(copy, path), content)
      }
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', message)
      git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`)
      return git('rev-parse', 'HEAD')
    },
    show: (path, revision = 'main') => gitIn(uri, 'show', `${revision}:${path}`),
    list: (path, revision = 'main') =>
      gitIn(uri, 'ls-tree', '--name-only', revision, `${path}/`)
        .split('\n')
        .filter(name => name !== '')
        .map(name => name.slice(path.length + 1)),
    subjects: (branch = 'main') => gitIn(uri, 'log', '--format=%s', branch).split('\n')
  }
}

const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com'
}

/** Seconds: each commit is younger than the one before. */
let clock = 1_700_000_000

export function gitIn(folder: string, ...args: readonly string[]): string {
  clock += 1
  const date = { GIT_AUTHOR_DATE: `${clock} +0000`, GIT_COMMITTER_DATE: `${clock} +0000` }
  const env = { ...process.env, ...person, ...date, GIT_CONFIG_NOSYSTEM: '1', HOME: folder }
  return execFileSync('git', args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe']
  }).trimEnd()
}
