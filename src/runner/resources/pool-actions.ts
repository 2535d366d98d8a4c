import { UserError } from '../../core/errors.ts'
import type { JsonObject } from '../../concourse/model.ts'
import { textOf } from './keys.ts'
import { handedLock, type HandedLock, type LockState, type PoolFiles } from './pool-files.ts'

/**
 * What one look at a pool led to: a change to commit under a subject, nothing to change, or the need to look again later.
 * `claims` says that the lock is this step's from then on.
 */
export type Look =
  Change | { readonly then: 'done'; readonly lock: string } | { readonly then: 'wait'; readonly what: string }

export interface Change {
  readonly then: 'push'
  readonly lock: string
  readonly subject: string
  readonly claims?: true
}

/** Looks at the newest state of a pool and changes its files. May be called again and again. */
export type PoolAction = (pool: PoolFiles) => Promise<Look>

/** The actions that params of a put can ask for (pool-resource v1.8, out/lock_pool.go); one of them in a put. */
export const actionNames = [
  'acquire',
  'claim',
  'release',
  'add',
  'add_claimed',
  'remove',
  'update',
  'check',
  'check_unclaimed'
] as const

/** The action that params ask for; `inputs` is the folder of the put's inputs. */
export async function poolAction(params: JsonObject, inputs: string): Promise<PoolAction> {
  if (params['acquire'] === true) return acquire
  const claimed = textOf(params, 'claim')
  if (claimed !== undefined) return pool => claim(pool, claimed)
  for (const name of actionNames) {
    const path = textOf(params, name)
    if (path === undefined) continue
    const lock = await handedLock(inputs, name, path)
    return pool => withLock(name, pool, lock)
  }
  throw new UserError('findings', `params: found none of ${actionNames.join(', ')}, expected one`)
}

async function withLock(name: string, pool: PoolFiles, lock: HandedLock): Promise<Look> {
  switch (name) {
    case 'release':
      return release(pool, lock.name)
    case 'remove':
      return remove(pool, lock.name)
    case 'add':
      return add(pool, lock, 'unclaimed')
    case 'add_claimed':
      return add(pool, lock, 'claimed')
    case 'update':
      return update(pool, lock)
    case 'check':
      return waitFor(pool, lock.name, 'unclaimed')
    default:
      return waitFor(pool, lock.name, 'claimed')
  }
}

async function acquire(pool: PoolFiles): Promise<Look> {
  const free = await pool.list('unclaimed')
  const lock = free[Math.floor(Math.random() * free.length)]
  return lock === undefined ? { then: 'wait', what: 'any lock to be free' } : claim(pool, lock)
}

async function claim(pool: PoolFiles, lock: string): Promise<Look> {
  if (!(await pool.has('unclaimed', lock))) return { then: 'wait', what: `${lock} to be free` }
  await pool.move(lock, 'unclaimed', 'claimed')
  return { then: 'push', lock, subject: `claiming: ${lock}`, claims: true }
}

/** Gives a claimed lock back. Throws a UserError where it is not claimed. */
export async function release(pool: PoolFiles, lock: string): Promise<Change> {
  await mustBeClaimed(pool, lock)
  await pool.move(lock, 'claimed', 'unclaimed')
  return { then: 'push', lock, subject: `unclaiming: ${lock}` }
}

async function remove(pool: PoolFiles, lock: string): Promise<Look> {
  await mustBeClaimed(pool, lock)
  await pool.remove('claimed', lock)
  return { then: 'push', lock, subject: `removing: ${lock}` }
}

async function add(pool: PoolFiles, lock: HandedLock, state: LockState): Promise<Look> {
  await pool.write(state, lock.name, await lock.metadata())
  return { then: 'push', lock: lock.name, subject: `adding ${state}: ${lock.name}` }
}

async function update(pool: PoolFiles, lock: HandedLock): Promise<Look> {
  if (await pool.has('claimed', lock.name)) return { then: 'wait', what: `${lock.name} to be free` }
  const verb = (await pool.has('unclaimed', lock.name)) ? 'updating' : 'adding unclaimed'
  await pool.write('unclaimed', lock.name, await lock.metadata())
  return { then: 'push', lock: lock.name, subject: `${verb}: ${lock.name}` }
}

async function waitFor(pool: PoolFiles, lock: string, state: LockState): Promise<Look> {
  if (await pool.has(state, lock)) return { then: 'done', lock }
  const other = state === 'claimed' ? 'unclaimed' : 'claimed'
  if (await pool.has(other, lock)) return { then: 'wait', what: `${lock} to be ${state}` }
  throw new UserError('program', `found no lock ${lock} in the pool, expected one to wait for`, {
    hint: 'check that nobody has removed the lock'
  })
}

async function mustBeClaimed(pool: PoolFiles, lock: string): Promise<void> {
  if (await pool.has('claimed', lock)) return
  throw new UserError('program', `${lock}: is not claimed, so somebody else has released or removed it`, {
    hint: `look at the pool's history for who has touched ${lock}`
  })
}
