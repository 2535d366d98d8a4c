import type { Duration } from '../core/duration.ts'
import { UserError } from '../core/errors.ts'
import { isHeldBy, parseLease, parseQuarantine, takeableFrom, type Lease } from './lease.ts'

/** Where the lock of an environment lies in its pool, and what it says. */
export type Lock =
  | { readonly place: 'missing' }
  | {
      readonly place: 'unclaimed' | 'claimed' | 'quarantined'
      readonly text: string
      /** Author, subject and body of the commit that put it there. */
      readonly lastCommit?: string
    }

/** Who asks for or about an environment. */
export interface Claimant {
  /** Folder of the pool in the repository of the locks. */
  readonly pool: string
  readonly environment: string
  readonly holder: string
  readonly pipeline?: string
  readonly run?: string
}

export interface ClaimRequest extends Claimant {
  readonly ttl: Duration
  readonly grace: Duration
  /** Take a lease whose end and grace are over. @default false */
  readonly takeExpired?: boolean
  /** Take an environment out of quarantine: for what cures it, a repave or a teardown. @default false */
  readonly takeQuarantined?: boolean
}

type RefusalReason = 'held' | 'held-without-lease' | 'expired' | 'quarantined' | 'missing' | 'not-held'

export interface Refusal {
  readonly kind: 'refuse'
  readonly reason: RefusalReason
  readonly message: string
  readonly hint: string
  readonly holder?: string
  readonly since?: string
  readonly until?: string
}

export type ClaimDecision =
  | Refusal
  | {
      readonly kind: 'claim'
      readonly how: 'fresh' | 'renewed' | 'taken' | 'cured'
      readonly lease: Lease
      /** Whose lease it was before. */
      readonly from?: Lease
    }

/**
 * Decides on a claim from what the lock says. A lease is taken over only when it and its grace are over *and* the
 * claimant asks for it: what the last holder left behind may still stand.
 */
export function decideClaim(lock: Lock, request: ClaimRequest, now: Date): ClaimDecision {
  switch (lock.place) {
    case 'missing':
      return refuseMissing(request)
    case 'quarantined':
      if (request.takeQuarantined !== true) return refuseQuarantined(lock.text, request)
      return { kind: 'claim', how: 'cured', lease: leaseOf(request, now, ownTextOf(lock.text)) }
    case 'unclaimed':
      return { kind: 'claim', how: 'fresh', lease: leaseOf(request, now, ownTextOf(lock.text)) }
    case 'claimed': {
      const held = parseLease(lock.text)
      return held === undefined
        ? refuseWithoutLease(lock.lastCommit, request)
        : decideHeld(held, request, now)
    }
    default:
      return lock satisfies never
  }
}

function decideHeld(held: Lease, request: ClaimRequest, now: Date): ClaimDecision {
  const { lock = '' } = held
  if (isHeldBy(held, request)) {
    const { expires_at } = leaseOf(request, now, lock)
    return { kind: 'claim', how: 'renewed', lease: { ...held, expires_at }, from: held }
  }
  const free = takeableFrom(held)
  if (now < free) {
    return refuseHeld('held', held, request, {
      hint: `ask ${held.holder} to give it back, or wait until it may be taken over, at ${atMinute(free)}`
    })
  }
  if (request.takeExpired !== true) {
    return refuseHeld('expired', held, request, {
      hint: `look at what ${held.holder} left behind, then claim it with take-expired`
    })
  }
  return { kind: 'claim', how: 'taken', lease: leaseOf(request, now, lock), from: held }
}

/** What stands in a lock besides the reason of a quarantine, which a person who moves the lock back leaves in it. */
function ownTextOf(text: string): string {
  const quarantine = parseQuarantine(text)
  return quarantine === undefined ? text : (quarantine.lock ?? '')
}

function leaseOf(request: ClaimRequest, now: Date, lock: string): Lease {
  const { environment, holder, pipeline, run, ttl, grace } = request
  return {
    environment,
    holder,
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(run === undefined ? {} : { run }),
    acquired_at: now.toISOString(),
    expires_at: new Date(now.getTime() + ttl.milliseconds).toISOString(),
    grace: grace.toString(),
    ...(lock === '' ? {} : { lock })
  }
}

function refuseHeld(
  reason: 'held' | 'expired',
  held: Lease,
  who: Claimant,
  { hint }: { hint: string }
): Refusal {
  const { holder, acquired_at: since, expires_at: until } = held
  const ended = reason === 'expired' ? ', which is over' : ''
  const span = `since ${atMinute(since)}, until ${atMinute(until)}${ended}`
  return {
    kind: 'refuse',
    reason,
    message: `${who.environment}: found it held by ${nameOf(held)} ${span}, expected it unclaimed`,
    hint,
    holder,
    since,
    until
  }
}

/** Claimed by Concourse's pool resource, or by hand. Nothing says until when. */
export function refuseWithoutLease(lastCommit: string | undefined, who: Claimant): Refusal {
  const { author, subject, url } = readCommit(lastCommit ?? '')
  const by = lastCommit === undefined ? 'by somebody' : `by ${author}: "${subject}"`
  const at = url === undefined ? '' : ` (${url})`
  return {
    kind: 'refuse',
    reason: 'held-without-lease',
    message: `${who.environment}: found it claimed ${by}${at}, without a lease, expected it unclaimed`,
    hint: 'release it in the pipeline that claimed it',
    holder: url ?? author
  }
}

function refuseQuarantined(text: string, who: Claimant): Refusal {
  const found = parseQuarantine(text)
  const why = found === undefined ? 'nobody wrote down why' : found.reason
  return {
    kind: 'refuse',
    reason: 'quarantined',
    message: `${who.environment}: found it in quarantine (${why}), expected it unclaimed`,
    hint: `clean it up, then move its lock back: git mv ${pathOf(who, 'quarantined')} ${pathOf(who, 'unclaimed')}`,
    ...(found === undefined ? {} : { holder: found.holder, since: found.quarantined_at })
  }
}

export function refuseMissing(who: Claimant): Refusal {
  const path = pathOf(who, 'unclaimed')
  return {
    kind: 'refuse',
    reason: 'missing',
    message: `${who.environment}: found no lock in the pool, expected ${path}`,
    hint: `add an empty file ${path} to the repository of the locks`
  }
}

/** A refusal as the error that a task or the command line ends with (exit code 7). */
export function refused({ message, hint }: Refusal): UserError {
  return new UserError('refused', message, { hint })
}

/** `playgrounds/claimed/lab`, the layout of Concourse's pool resource. */
export function pathOf(
  who: Pick<Claimant, 'pool' | 'environment'>,
  place: Exclude<Lock['place'], 'missing'>
): string {
  return `${who.pool}/${place}/${who.environment}`
}

/** `alice@desk`, and the run where one is known. */
export function nameOf({ holder, run }: Pick<Lease, 'holder' | 'run'>): string {
  return run === undefined ? holder : `${holder} (run ${run})`
}

/** `2026-11-22 12:03 UTC`. */
function atMinute(time: Date | string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** pool-resource 1.8.0 and later put the URL of the build into the body. */
function readCommit(text: string): { author: string; subject: string; url: string | undefined } {
  const [author = '', subject = ''] = text.split('\n')
  return { author: author.replace(/ <[^>]*>$/, ''), subject, url: /https?:\/\/\S+/.exec(text)?.[0] }
}
