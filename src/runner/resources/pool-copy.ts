import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { JsonObject } from '../../concourse/model.ts'
import { wasRaced, type Git } from './git-access.ts'
import { poolFiles, type PoolFiles } from './pool-files.ts'
import { branchOf, clone, poolOf } from './pool-get.ts'
import type { ResourceContext } from './resource-type.ts'

/** A working copy of a pool's repository. */
export interface PoolCopy {
  readonly files: PoolFiles
  /** Commits what was changed; false where nothing was. */
  commit(subject: string): Promise<boolean>
  /** False where somebody else was first. An abort waits for it: half a push would leave nobody knowing who has the lock. */
  push(): Promise<boolean>
  /** Takes the newest state, and drops what was not pushed. */
  renew(): Promise<void>
  head(): Promise<string>
  /** The same copy for what has to be done although the step was aborted. */
  readonly steady: PoolCopy
}

export async function clonePool(git: Git, source: JsonObject, context: ResourceContext): Promise<PoolCopy> {
  const folder = join(context.scratch, 'pool')
  await clone(git, source, folder)
  const plain: Git = (args, options = {}) => git(args, { cwd: folder, ...options })
  const steady: Git = (args, options = {}) => plain(args, { steady: true, ...options })
  return copyOf(plain, steady, folder, source, context)
}

function copyOf(
  git: Git,
  steady: Git,
  folder: string,
  source: JsonObject,
  context: ResourceContext
): PoolCopy {
  const branch = branchOf(source)
  return {
    files: poolFiles(git, folder, poolOf(source)),
    async commit(subject) {
      if ((await git(['status', '--porcelain'])) === '') return false
      const { pipeline, job, run, step, host } = context.build
      const build = `Build: ${pipeline}/${job}, run ${run}, step ${step}, on ${host}`
      // Two who claim the same lock in the same second must not make the same commit: both could push it.
      const body = `${build}\nChange: ${randomUUID()}`
      await git(['commit', '--quiet', '--message', subject, '--message', body])
      return true
    },
    async push() {
      try {
        await steady(['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`])
        return true
      } catch (thrown) {
        if (wasRaced(thrown)) return false
        throw thrown
      }
    },
    async renew() {
      await git(['fetch', '--quiet', 'origin', branch])
      await git(['reset', '--quiet', '--hard', 'FETCH_HEAD'])
    },
    head: () => git(['rev-parse', 'HEAD']),
    get steady() {
      return copyOf(steady, steady, folder, source, context)
    }
  }
}
