import type { Tools } from '../tools/tools.ts'
import { openKeys, type StateKeys } from './keys.ts'

/** Params of every task that reads the state. */
export const stateReadingParams = {
  STATE_IDENTITY: {
    doc: 'Age identities that decrypt the state, one per line: several while one takes the place of another.',
    secret: true
  }
} as const

/** Params of every task that changes the state, and pushes it by itself. */
export const stateParams = {
  ...stateReadingParams,
  STATE_URI: { doc: 'Git repository of the state.' },
  STATE_BRANCH: { doc: 'Its branch, of this environment alone.' },
  STATE_PRIVATE_KEY: { doc: 'Deploy key with write access.', optional: true, secret: true },
  STATE_RECIPIENTS: {
    doc: 'Public age keys of further readers of the state; that of the identity is always one.',
    type: 'list',
    default: []
  }
} as const

/** Values of a task that reads the state. */
export interface StateReadingValues {
  readonly ENVIRONMENT: string
  readonly STATE_IDENTITY: string
}

/** Values of a task that changes the state. */
export interface StateValues extends StateReadingValues {
  readonly STATE_URI: string
  readonly STATE_BRANCH: string
  readonly STATE_PRIVATE_KEY: string | undefined
  readonly STATE_RECIPIENTS: readonly string[]
}

export function keysOf(params: StateReadingValues & Partial<StateValues>): Promise<StateKeys> {
  return openKeys(params.STATE_IDENTITY, params.STATE_RECIPIENTS)
}

/** The state branch, with a repository in a folder that follows it. The deploy key lies in the scratch folder. */
export async function followState(tools: Tools, params: StateValues, folder: string) {
  const key = params.STATE_PRIVATE_KEY
  return tools.git.follow(params.STATE_URI, folder, {
    branch: params.STATE_BRANCH,
    ...(key === undefined ? {} : { privateKey: key, keyFile: `${await tools.scratch('state-key')}/key` })
  })
}
