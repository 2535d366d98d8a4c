import type { JsonObject } from '../../concourse/model.ts'
import { Duration } from '../../core/duration.ts'
import { messageOf, UserError } from '../../core/errors.ts'
import { delay } from '../../core/wait.ts'
import type { Git } from './git-access.ts'
import { textOf } from './keys.ts'
import { release, type PoolAction } from './pool-actions.ts'
import { clonePool, type PoolCopy } from './pool-copy.ts'
import type { ResourceContext } from './resource-type.ts'

/** pool-resource v1.8, README.md: retry_delay */
const defaultRetryDelay = Duration.seconds(10)
/** Pushes that may fail for another reason than a lost race. */
const failedPushes = 5

export interface PoolChange {
  readonly lock: string
  readonly ref: string
}

/**
 * Looks at a pool until its action can be done, and pushes what it changed. Who pushes first has it; all others look again.
 * A put that is aborted never leaves a lock claimed: one that it got in that moment it gives back.
 */
export async function changePool(
  git: Git,
  source: JsonObject,
  action: PoolAction,
  context: ResourceContext
): Promise<PoolChange> {
  const { signal, log } = context
  const copy = await clonePool(git, source, context)
  const retryDelay = Duration.parse(textOf(source, 'retry_delay') ?? defaultRetryDelay.toString())
  for (let failures = 0; ;) {
    const look = await action(copy.files)
    if (look.then === 'wait') {
      log.info(`waiting for ${look.what}; looking again in ${retryDelay.toString()}`)
    } else if (look.then === 'done' || !(await copy.commit(look.subject))) {
      return { lock: look.lock, ref: await copy.head() }
    } else {
      signal.throwIfAborted()
      try {
        if (await copy.push()) {
          if (signal.aborted && look.claims === true) await giveBack(look.lock, copy.steady, context)
          return { lock: look.lock, ref: await copy.steady.head() }
        }
        log.info('somebody else has changed the pool first')
      } catch (thrown) {
        if (signal.aborted)
          log.warn(`${look.subject}: cut short while it was pushed; look whether it was done`)
        signal.throwIfAborted()
        failures += 1
        if (failures >= failedPushes) throw thrown
        log.warn(`${messageOf(thrown)}; trying again`)
      }
    }
    await delay(retryDelay, signal)
    await copy.renew()
  }
}

/** Releases a lock that was claimed for a step that is over by now; then throws the abort. */
async function giveBack(lock: string, copy: PoolCopy, { log, signal }: ResourceContext): Promise<void> {
  log.info(`${lock} was claimed in the moment of the abort: giving it back`)
  for (let tries = 0; tries < failedPushes; tries += 1) {
    await copy.renew()
    if (!(await copy.files.has('claimed', lock))) break
    const { subject } = await release(copy.files, lock)
    await copy.commit(subject)
    if (await copy.push()) break
    if (tries === failedPushes - 1) {
      throw new UserError('program', `${lock}: stays claimed, since it could not be given back`, {
        hint: `release ${lock} by hand`
      })
    }
  }
  signal.throwIfAborted()
}
