import { type Files } from './files.ts'
import type { Programs } from './exec.ts'
import { openGitBranch, type GitBranch } from './git-branch.ts'

export interface CloneOptions {
  readonly branch: string
  /** Text of a deploy key; it is written to a file with mode 0600. */
  readonly privateKey?: string
  /** That file. @default beside the clone */
  readonly keyFile?: string
}

export interface Git {
  /** Clones one branch into a folder. A branch that does not exist yet is begun there. */
  clone(uri: string, folder: string, options: CloneOptions): Promise<WorkingCopy>
  /** Makes a bare repository, if it is not there. */
  beginBare(folder: string): Promise<void>
  /** A working copy that is there already. */
  open(folder: string): WorkingCopy
  /** One branch of a repository elsewhere, and a repository in `folder` that follows it and may be there already. */
  follow(uri: string, folder: string, options: CloneOptions): Promise<GitBranch>
}

export interface WorkingCopy {
  readonly folder: string
  /** Commits everything that changed, deletions included. False where nothing did. */
  commitAll(message: string): Promise<boolean>
  /** Pushes the branch; false where somebody else was first. */
  push(branch: string): Promise<boolean>
  /** Takes the newest state of the branch and drops what was not pushed. */
  resetToRemote(branch: string): Promise<void>
  /** Author, subject and body of the last commit that touched a path; undefined where none did. */
  lastCommitOf(path: string): Promise<string | undefined>
  head(): Promise<string>
}

/** Who commits. Tasks have no user of their own. */
const author = {
  GIT_AUTHOR_NAME: 'causeway',
  GIT_AUTHOR_EMAIL: 'causeway@localhost',
  GIT_COMMITTER_NAME: 'causeway',
  GIT_COMMITTER_EMAIL: 'causeway@localhost',
  GIT_TERMINAL_PROMPT: '0'
}

/** A server that is silent for so long is not there: what must be saved can't wait for it without end. */
const patience = { GIT_HTTP_LOW_SPEED_LIMIT: '1', GIT_HTTP_LOW_SPEED_TIME: '20' }
const sshPatience = '-o ConnectTimeout=20 -o ServerAliveInterval=10 -o ServerAliveCountMax=2'

export function createGit(programs: Programs, files: Files): Git {
  const run = (args: readonly string[], cwd?: string, env: Readonly<Record<string, string>> = {}) =>
    programs.run({ program: 'git', args, ...(cwd === undefined ? {} : { cwd }), env: { ...author, ...env } })

  const open = (folder: string, env: Readonly<Record<string, string>> = {}): WorkingCopy => {
    const git = (...args: string[]) => run(args, folder, env)
    // What it prints is an answer to us, and says nothing to a reader of the log.
    const quietly = (...args: string[]) =>
      programs.run({ program: 'git', args, cwd: folder, env: { ...author, ...env }, echo: false })
    return {
      folder,
      async commitAll(message) {
        await git('add', '--all')
        const { stdout } = await quietly('status', '--porcelain')
        if (stdout.trim() === '') return false
        await git('commit', '--quiet', '--message', message)
        return true
      },
      async push(branch) {
        try {
          await git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`)
          return true
        } catch (thrown) {
          if (wasRaced(thrown)) return false
          throw thrown
        }
      },
      async resetToRemote(branch) {
        await git('fetch', '--quiet', 'origin', branch)
        await git('reset', '--quiet', '--hard', 'FETCH_HEAD')
        await git('clean', '--quiet', '--force', '-d', '-x')
      },
      async lastCommitOf(path) {
        const { stdout } = await git('log', '-1', '--format=%an <%ae>%n%B', '--', path)
        return stdout.trim() === '' ? undefined : stdout.trim()
      },
      async head() {
        return (await git('rev-parse', 'HEAD')).stdout.trim()
      }
    }
  }

  return {
    open: folder => open(folder),
    async beginBare(folder) {
      await run(['init', '--quiet', '--bare', '--template=', folder])
    },
    async follow(uri, folder, { branch, ...keys }) {
      const key = await keyEnvironment(files, folder, keys)
      const env = { ...author, ...patience, ...key }
      const quietly = async (args: readonly string[], cwd: string, input?: string): Promise<string> => {
        const given = input === undefined ? {} : { input }
        const command = { program: 'git', args, cwd, env, echo: false, announce: false, ...given }
        return (await programs.run(command)).stdout
      }
      return openGitBranch(files, { folder, uri, branch, run: quietly })
    },
    async clone(uri, folder, { branch, ...keys }) {
      const env = await keyEnvironment(files, folder, keys)
      const { stdout } = await run(['ls-remote', '--heads', uri, `refs/heads/${branch}`], undefined, env)
      if (stdout.trim() !== '') {
        await run(['clone', '--quiet', '--single-branch', '--branch', branch, uri, folder], undefined, env)
      } else {
        await files.makeFolder(folder)
        await run(['init', '--quiet', '--initial-branch', branch], folder)
        await run(['remote', 'add', 'origin', uri], folder)
      }
      return open(folder, env)
    }
  }
}

async function keyEnvironment(
  files: Files,
  folder: string,
  { privateKey, keyFile: path = `${folder}.key` }: Omit<CloneOptions, 'branch'>
): Promise<Record<string, string>> {
  if (privateKey === undefined) return {}
  await files.writeSecret(path, privateKey.endsWith('\n') ? privateKey : `${privateKey}\n`)
  // Host keys of a git server are not known in a fresh container; the deploy key is all that proves who we are.
  return {
    GIT_SSH_COMMAND: `ssh -i '${path}' -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new ${sshPatience}`
  }
}

/** Whether a push lost a race, told by git's own words, which are English for LC_ALL=C. */
function wasRaced(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    /\[(remote )?rejected\]|non-fast-forward|fetch first|failed to lock/.test(thrown.message)
  )
}
