import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../../concourse/model.ts'
import { UserError } from '../../core/errors.ts'
import { pasteable, ProgramFailed, type Programs } from '../../tools/exec.ts'
import { guarded } from '../volumes.ts'
import { flagOf, pairsOf, textOf } from './keys.ts'
import type { ResourceContext } from './resource-type.ts'

export interface GitOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Where the log is to show what git prints. @default false, since most of it is data */
  readonly echo?: boolean
  /** Let it end although the step was aborted. @default false */
  readonly steady?: boolean
}

/** Runs git with the settings and keys of one resource; gives what it printed. Throws ProgramFailed. */
export type Git = (args: readonly string[], options?: GitOptions) => Promise<string>

/**
 * Gives git for a resource: a HOME of its own with the resource's keys and settings, and nothing of the user's. What the
 * environment says by `GIT_CONFIG_*` holds too.
 */
export async function gitFor(source: JsonObject, context: ResourceContext): Promise<Git> {
  const home = join(context.scratch, 'home')
  await guarded(home, () => mkdir(home, { mode: 0o700 }))
  await writeSecret(join(home, '.gitconfig'), settings)
  await writeNetrc(home, source)
  const env = {
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // What git says of a push is read, so it must be said in English.
    LC_ALL: 'C',
    ...(flagOf(source, 'skip_ssl_verification') ? { GIT_SSL_NO_VERIFY: 'true' } : {}),
    ...(await sshEnvironment(home, source))
  }
  const git: Git = async (args, options = {}) => {
    const programs = options.steady === true ? context.steadyPrograms : context.programs
    return run(programs, args, { ...options, env: { ...env, ...options.env } })
  }
  for (const [name, value] of pairsOf(source, 'git_config')) await git(['config', '--global', name, value])
  return git
}

async function run(programs: Programs, args: readonly string[], options: GitOptions): Promise<string> {
  const { stdout } = await programs.run({
    program: 'git',
    args,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? {},
    echo: options.echo === true
  })
  return stdout.trimEnd()
}

/** Commits need a name; and a repository on this machine may belong to another user. */
const settings = `[user]
\tname = causeway
\temail = causeway@localhost
[safe]
\tdirectory = *
[advice]
\tdetachedHead = false
`

async function sshEnvironment(home: string, source: JsonObject): Promise<Record<string, string>> {
  const key = textOf(source, 'private_key')
  if (key === undefined) return {}
  const file = join(home, 'key')
  await writeSecret(file, key.endsWith('\n') ? key : `${key}\n`)
  const user = textOf(source, 'private_key_user')
  const args = [
    ...['-F', 'none', '-i', file, '-o', 'IdentitiesOnly=yes'],
    // Nobody has met the server before; the key is all that says who we are.
    ...['-o', 'StrictHostKeyChecking=accept-new', '-o', `UserKnownHostsFile=${join(home, 'known_hosts')}`],
    ...(user === undefined ? [] : ['-l', user])
  ]
  return { GIT_SSH_COMMAND: pasteable({ program: 'ssh', args }) }
}

async function writeNetrc(home: string, source: JsonObject): Promise<void> {
  const username = textOf(source, 'username')
  const password = textOf(source, 'password')
  if (username === undefined || password === undefined) return
  await writeSecret(join(home, '.netrc'), `default login ${username} password ${password}\n`)
}

async function writeSecret(file: string, content: string): Promise<void> {
  await guarded(file, () => writeFile(file, content, { mode: 0o600 }))
}

/** Whether a push lost a race: somebody else was there first. */
export function wasRaced(thrown: unknown): boolean {
  return (
    thrown instanceof ProgramFailed &&
    /\[rejected\]|\[remote rejected\].*(cannot lock ref|failed to update ref|incorrect old value)/.test(
      thrown.stderr
    )
  )
}

/** For `catch`: says in words that help why a repository or branch can't be read. */
export function unreadable(source: JsonObject): (thrown: unknown) => never {
  const uri = textOf(source, 'uri') ?? ''
  const branch = textOf(source, 'branch') ?? ''
  return thrown => {
    // Without git there is nothing wrong with the repository, and that failure has its own hint.
    if (!(thrown instanceof ProgramFailed) || thrown.hint !== undefined) throw thrown
    if (/Remote branch .* not found/.test(thrown.stderr)) {
      throw new UserError('program', `${uri}: found no branch ${branch}`, {
        hint: `create the branch ${branch} in ${uri}, or name another one in the resource's source`,
        cause: thrown
      })
    }
    throw new UserError('program', `${uri}: can't be read\n${thrown.message}`, {
      hint: `check that ${uri} is a git repository that can be reached from here`,
      cause: thrown
    })
  }
}
