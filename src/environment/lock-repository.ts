import { UserError } from '../core/errors.ts'
import {
  decideClaim,
  nameOf,
  pathOf,
  refused,
  type Claimant,
  type ClaimDecision,
  type ClaimRequest,
  type Lock,
  type Refusal
} from './claim.ts'
import { formatLease } from './lease.ts'
import { decideRelease, type ReleaseDecision } from './release.ts'
import type { Verdict } from './verdict.ts'

/** A working copy of the repository of the locks. Paths are relative to it. */
export interface LockCopy {
  /** Undefined where there is no such file. */
  read(path: string): Promise<string | undefined>
  write(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
  /** Author, subject and body of the last commit that touched a path, each from a new line. */
  lastCommit(path: string): Promise<string | undefined>
  commit(message: string): Promise<void>
  /** False where somebody else pushed first. */
  push(): Promise<boolean>
  /** Takes what the others pushed, and drops what was not pushed here. */
  update(): Promise<void>
}

/** Each failed try means that somebody else got through, so this many are enough for a busy pool. */
const tries = 20

export type Claimed = Exclude<ClaimDecision, Refusal>
export type Released = Exclude<ReleaseDecision, Refusal>

/**
 * Claims an environment, or renews the claim of the same holder and run. Throws a UserError (refused) that names who
 * has it. Of two that claim at once one push goes through; the other decides again on what it then finds.
 */
export async function claimEnvironment(
  copy: LockCopy,
  request: ClaimRequest,
  now: () => Date
): Promise<Claimed> {
  return pushed<Claimed>(copy, async () => {
    const lock = await lockOf(copy, request)
    const decision = decideClaim(lock, request, now())
    if (decision.kind === 'refuse') throw refused(decision)
    if (decision.how === 'fresh') await copy.remove(pathOf(request, 'unclaimed'))
    if (decision.how === 'cured') await copy.remove(pathOf(request, 'quarantined'))
    await copy.write(pathOf(request, 'claimed'), formatLease(decision.lease))
    await copy.commit(claimMessage(decision, request))
    return { result: decision, changed: true }
  })
}

/** Gives an environment back to its pool, or to quarantine. Throws a UserError (refused) where another holds it. */
export async function releaseEnvironment(
  copy: LockCopy,
  who: Claimant,
  verdict: Verdict,
  now: () => Date
): Promise<Released> {
  return pushed<Released>(copy, async () => {
    const lock = await lockOf(copy, who)
    const decision = decideRelease(lock, who, verdict, now())
    if (decision.kind === 'refuse') throw refused(decision)
    if (decision.kind === 'nothing') return { result: decision, changed: false }
    await copy.remove(pathOf(who, 'claimed'))
    await copy.write(pathOf(who, decision.to), decision.text)
    await copy.commit(releaseMessage(decision.to, who, verdict))
    return { result: decision, changed: true }
  })
}

/** Adds an environment that the pool does not know yet, unclaimed. False where it knew it. */
export async function addLock(copy: LockCopy, who: Pick<Claimant, 'pool' | 'environment'>): Promise<boolean> {
  return pushed(copy, async () => {
    const lock = await lockOf(copy, who)
    if (lock.place !== 'missing') return { result: false, changed: false }
    // Concourse's pool resource wants both folders to be there, and git keeps no empty one.
    for (const place of ['unclaimed', 'claimed']) await copy.write(`${who.pool}/${place}/.gitkeep`, '')
    await copy.write(pathOf(who, 'unclaimed'), '')
    await copy.commit(`add ${who.environment} to ${who.pool}`)
    return { result: true, changed: true }
  })
}

const places = ['claimed', 'unclaimed', 'quarantined'] as const

/** Where the lock of an environment lies now. */
export async function lockOf(copy: LockCopy, who: Pick<Claimant, 'pool' | 'environment'>): Promise<Lock> {
  for (const place of places) {
    const path = pathOf(who, place)
    const text = await copy.read(path)
    if (text === undefined) continue
    const lastCommit = await copy.lastCommit(path)
    return { place, text, ...(lastCommit === undefined ? {} : { lastCommit }) }
  }
  return { place: 'missing' }
}

/** Compare and swap: decide on the newest state, push, and decide anew where somebody else was first. */
async function pushed<T>(copy: LockCopy, decide: () => Promise<{ result: T; changed: boolean }>): Promise<T> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    await copy.update()
    const { result, changed } = await decide()
    if (!changed || (await copy.push())) return result
  }
  throw new UserError(
    'program',
    `locks: found the branch changed before each of ${tries} pushes, expected a turn`,
    {
      hint: 'run it again, and look who pushes to the repository of the locks'
    }
  )
}

function claimMessage({ how, from }: Claimed, who: ClaimRequest): string {
  const verb = how === 'renewed' ? 'renew' : 'claim'
  const taken = how === 'taken' && from !== undefined ? `, taken from ${nameOf(from)}` : ''
  const after = how === 'cured' ? ', out of quarantine' : taken
  return `${verb} ${who.environment} for ${nameOf(who)}${after}${bodyOf(who)}`
}

function releaseMessage(to: 'unclaimed' | 'quarantined', who: Claimant, { reason }: Verdict): string {
  const what =
    to === 'unclaimed' ? `give ${who.environment} back` : `quarantine ${who.environment}: ${reason}`
  return `${what}${bodyOf(who)}`
}

function bodyOf({ pipeline }: Claimant): string {
  return pipeline === undefined ? '' : `\n\npipeline: ${pipeline}`
}
