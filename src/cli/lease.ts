import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duration } from '../core/duration.ts'
import { UserError } from '../core/errors.ts'
import { decideClaim, nameOf, refused, type Lock } from '../environment/claim.ts'
import type { Environment } from '../environment/environment.ts'
import { parseLease } from '../environment/lease.ts'
import { lockCopyOf } from '../environment/lock-copy.ts'
import {
  claimEnvironment,
  lockOf,
  releaseEnvironment,
  type LockCopy
} from '../environment/lock-repository.ts'
import type { EnvironmentRecord } from '../environment/record.ts'
import { createFiles } from '../tools/files.ts'
import type { Tools } from '../tools/tools.ts'

/** Does something with a clone of the repository of the locks. */
async function withLocks<T>(
  { locks }: EnvironmentRecord,
  tools: Tools,
  work: (copy: LockCopy) => Promise<T>
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-locks-'))
  try {
    const clone = await tools.git.clone(locks.uri, join(folder, 'copy'), { branch: locks.branch })
    return await work(lockCopyOf(clone, createFiles(), locks.branch))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The lock of an environment as it is now. */
async function lockNow({ record }: Environment, tools: Tools): Promise<Lock> {
  return withLocks(record, tools, copy => lockOf(copy, { pool: record.locks.pool, environment: record.name }))
}

/**
 * Refuses (exit code 7) and names the holder where somebody holds the environment, before anything is begun. The claim
 * itself is the run's own, so two who look at the same time are told apart there.
 */
export async function refuseIfHeld(environment: Environment, tools: Tools): Promise<void> {
  const { record } = environment
  const lock = await lockNow(environment, tools)
  const decision = decideClaim(
    lock,
    {
      pool: record.locks.pool,
      environment: record.name,
      holder: tools.whoami,
      run: tools.unique(),
      ttl: Duration.parse(record.lease.ttl),
      grace: Duration.parse(record.lease.grace),
      takeQuarantined: true
    },
    tools.now()
  )
  if (decision.kind !== 'refuse') return
  const lease = lock.place === 'claimed' ? parseLease(lock.text) : undefined
  if (lease?.run === undefined || lease.holder !== tools.whoami) throw refused(decision)
  const hint = `wait until it is done; if it was killed: causeway lease release ${record.name} --run ${lease.run}`
  throw refused({ ...decision, hint })
}

/** Takes the lease away from a run that was killed; the environment goes to quarantine, from where a repave takes it. */
export async function releaseRun({ record }: Environment, run: string, tools: Tools): Promise<string> {
  return withLocks(record, tools, async copy => {
    const who = { pool: record.locks.pool, environment: record.name }
    const lock = await lockOf(copy, who)
    const lease = lock.place === 'claimed' ? parseLease(lock.text) : undefined
    if (lease?.run !== run) {
      const found = lease === undefined ? `it ${lock.place}` : `it held by ${nameOf(lease)}`
      throw new UserError('refused', `${record.name}: found ${found}, expected it held by run ${run}`, {
        hint: 'name the run that the refusal names'
      })
    }
    const verdict = { clean: false, reason: `run ${run} was killed` }
    await releaseEnvironment(copy, { ...who, holder: lease.holder, run }, verdict, () => tools.now())
    return `${record.name} put into quarantine: ${verdict.reason}; a repave or a teardown takes it out`
  })
}

/**
 * Does a piece of work that changes the environment while it holds the lease; afterwards the environment is in quarantine
 * for the reason that is given, since nothing proves what stands. Refuses (exit code 7) where somebody else holds it.
 */
export async function holdingLease<T>(
  { record }: Environment,
  tools: Tools,
  { purpose, reason }: { readonly purpose: string; readonly reason: string },
  work: () => Promise<T>
): Promise<T> {
  const who = {
    pool: record.locks.pool,
    environment: record.name,
    holder: tools.whoami,
    pipeline: `causeway ${purpose}`,
    run: tools.unique()
  }
  const request = {
    ...who,
    ttl: Duration.parse(record.lease.ttl),
    grace: Duration.parse(record.lease.grace),
    takeQuarantined: true
  }
  const now = (): Date => tools.now()
  await withLocks(record, tools, copy => claimEnvironment(copy, request, now))
  try {
    return await work()
  } finally {
    const verdict = { clean: false, reason }
    await withLocks(record, tools.afterwards(), copy => releaseEnvironment(copy, who, verdict, now))
  }
}

/** One line on where the lease is after a run: nobody should have to guess. */
export async function leaseFate(environment: Environment, tools: Tools): Promise<string> {
  const { name, locks } = environment.record
  const lock = await lockNow(environment, tools)
  switch (lock.place) {
    case 'unclaimed':
      return `lease: ${name} is free`
    case 'quarantined':
      return `lease: ${name} is in quarantine; a repave or a teardown takes it out`
    case 'missing':
      return `lease: ${name} has no lock in its pool`
    case 'claimed': {
      const lease = parseLease(lock.text)
      if (lease === undefined) {
        const way = `if no build holds it, move ${locks.pool}/claimed/${name} to unclaimed/ in ${locks.uri}`
        return `lease: ${name} is STILL HELD, without a lease that says by whom; ${way}`
      }
      const way =
        lease.run === undefined
          ? ''
          : `; if that run is dead: causeway lease release ${name} --run ${lease.run}`
      return `lease: ${name} is STILL HELD by ${nameOf(lease)} until ${lease.expires_at}${way}`
    }
    default:
      return lock satisfies never
  }
}
