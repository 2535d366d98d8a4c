import type { Tools } from '../tools/tools.ts'
import { lockCopyOf } from './lock-copy.ts'
import type { LockCopy } from './lock-repository.ts'

/** Params of every task that claims or releases an environment. */
export const lockParams = {
  ENVIRONMENT: { doc: 'Name of the environment and of its lock.' },
  LOCKS_URI: { doc: 'Git repository of the locks.' },
  LOCKS_BRANCH: { doc: 'Its branch.' },
  LOCKS_POOL: { doc: 'The pool: a folder of that repository.' },
  LOCKS_PRIVATE_KEY: { doc: 'Deploy key with write access.', optional: true, secret: true }
} as const

interface LockValues {
  readonly LOCKS_URI: string
  readonly LOCKS_BRANCH: string
  readonly LOCKS_PRIVATE_KEY: string | undefined
}

/** Clones the repository of the locks into a folder that goes with the task. */
export async function openLocks(tools: Tools, params: LockValues): Promise<LockCopy> {
  const folder = `${await tools.scratch('locks')}/repository`
  const key = params.LOCKS_PRIVATE_KEY
  const clone = await tools.git.clone(params.LOCKS_URI, folder, {
    branch: params.LOCKS_BRANCH,
    ...(key === undefined ? {} : { privateKey: key })
  })
  return lockCopyOf(clone, tools.files, params.LOCKS_BRANCH)
}
