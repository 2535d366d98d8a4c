import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { EnvironmentRecord } from '../environment/record.ts'
import { pastCheckpoints, type PastCheckpoint } from '../state/restore.ts'
import type { StateValues } from '../state/params.ts'
import type { GitBranch } from '../tools/git-branch.ts'
import type { Tools } from '../tools/tools.ts'
import type { CliContext } from './context.ts'
import { loadEnvironment } from './environments.ts'
import { labIfNeeded } from './lab.ts'
import { openTools } from './open-tools.ts'
import { stateIdentity } from './state-identity.ts'
import { readValues } from './variables.ts'
import type { Environment } from '../environment/environment.ts'

/** The flags that every command about state has. */
export interface StateFlags {
  readonly var: readonly string[]
  readonly loadVarsFrom: readonly string[]
}

/** The state branch of an environment, as a command looks at it. */
export interface StateCopy {
  readonly environment: Environment
  readonly tools: Tools
  /** A repository that follows the branch; it goes with the command. */
  readonly branch: GitBranch
  /** The newest commit of the branch; undefined where there is no such branch. */
  readonly head: string | undefined
  /** The checkpoints of the branch, the newest commit first. */
  readonly past: readonly PastCheckpoint[]
  /** What a task would be given. Throws a UserError where no identity is known. */
  values(): Promise<StateValues>
}

/** Fetches the state branch of an environment, or another branch beside it. Changes nothing. */
export async function openStateCopy(
  context: CliContext,
  name: string,
  flags: StateFlags,
  other?: string
): Promise<StateCopy> {
  const environment = await loadEnvironment(context, name)
  const { record } = environment
  const given = await readValues(flags.var, flags.loadVarsFrom)
  const { env } = await labIfNeeded(context, environment)
  const tools = openTools(context, env)
  const key = record.state.private_key === undefined ? undefined : given.get(record.state.private_key)
  const keys = typeof key === 'string' ? { privateKey: key } : {}
  const folder = join(await tools.scratch('state-copy'), 'copy')
  const branch = await tools.git.follow(record.state.uri, folder, {
    branch: other ?? record.state.branch,
    ...keys
  })
  const head = await branch.fetch()
  if (head === undefined && other !== undefined) throw noBranch(record, other)
  return {
    environment,
    tools,
    branch,
    head,
    past: head === undefined ? [] : await pastCheckpoints(branch, head),
    values: async () => ({
      ENVIRONMENT: record.name,
      STATE_URI: record.state.uri,
      STATE_BRANCH: record.state.branch,
      STATE_IDENTITY: await stateIdentity(context, record, given),
      STATE_PRIVATE_KEY: keys.privateKey,
      STATE_RECIPIENTS: record.state.recipients
    })
  }
}

/**
 * The commit that made the checkpoint with a serial; without one, the newest, in whatever condition it is. Undefined where
 * there is no branch. Throws a UserError for an unknown serial.
 */
export function commitNamed(
  { environment, head, past }: StateCopy,
  serial: string | undefined
): string | undefined {
  if (serial === undefined) return head
  const found = past.find(({ checkpoint }) => String(checkpoint.serial) === serial)
  if (found !== undefined) return found.commit
  const serials = past.map(({ checkpoint }) => checkpoint.serial)
  const expected = serials.length === 0 ? 'there is none' : `expected one of ${serials.join(', ')}`
  throw new UserError('usage', `serial: found ${JSON.stringify(serial)}, ${expected}`, {
    hint: `causeway state log ${environment.record.name} lists them`
  })
}

function noBranch({ state }: EnvironmentRecord, branch: string): UserError {
  return new UserError(
    'usage',
    `--branch: found no ${branch} in ${state.uri}, expected a branch that was put aside`
  )
}
