import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duration } from '../core/duration.ts'
import { decideClaim, nameOf, refused } from '../environment/claim.ts'
import type { Environment } from '../environment/environment.ts'
import { parseLease } from '../environment/lease.ts'
import { lockCopyOf } from '../environment/lock-copy.ts'
import { lockOf } from '../environment/lock-repository.ts'
import { createFiles } from '../tools/files.ts'
import type { Tools } from '../tools/tools.ts'

/** The lock of an environment as it is now. */
async function lockNow({ record }: Environment, tools: Tools) {
  const { locks, name } = record
  const folder = await mkdtemp(join(tmpdir(), 'causeway-locks-'))
  try {
    const clone = await tools.git.clone(locks.uri, join(folder, 'copy'), { branch: locks.branch })
    return await lockOf(lockCopyOf(clone, createFiles(), locks.branch), {
      pool: locks.pool,
      environment: name
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Refuses (exit code 7) and names the holder where somebody holds the environment, before anything is begun. The claim
 * itself is the run's own, so two who look at the same time are told apart there.
 */
export async function refuseIfHeld(environment: Environment, tools: Tools): Promise<void> {
  const { record } = environment
  const decision = decideClaim(
    await lockNow(environment, tools),
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
  if (decision.kind === 'refuse') throw refused(decision)
}

/** One line on where the lease is after a run: nobody should have to guess. */
export async function leaseFate(environment: Environment, tools: Tools): Promise<string> {
  const { name } = environment.record
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
      if (lease === undefined) return `lease: ${name} is STILL HELD, without a lease that says by whom`
      return `lease: ${name} is STILL HELD by ${nameOf(lease)} until ${lease.expires_at}`
    }
    default:
      return lock satisfies never
  }
}
