import { isHeldBy, formatQuarantine, parseLease } from './lease.ts'
import { nameOf, refuseMissing, refuseWithoutLease, type Claimant, type Lock, type Refusal } from './claim.ts'
import type { Verdict } from './verdict.ts'

export type ReleaseDecision =
  | Refusal
  /** It is where it should be already: a hook may run twice. */
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'release'; readonly to: 'unclaimed' | 'quarantined'; readonly text: string }

/**
 * Decides on giving an environment back. Only the holder's own lease is given back; an environment that was not proved
 * clean goes to quarantine, where nobody can claim it before a person has looked.
 */
export function decideRelease(lock: Lock, who: Claimant, verdict: Verdict, now: Date): ReleaseDecision {
  if (lock.place === 'missing') return refuseMissing(who)
  if (lock.place !== 'claimed')
    return { kind: 'nothing', message: `${who.environment} is ${lock.place} already` }
  const held = parseLease(lock.text)
  if (held === undefined) return refuseWithoutLease(lock.lastCommit, who)
  if (!isHeldBy(held, who)) {
    return {
      kind: 'refuse',
      reason: 'not-held',
      message: `${who.environment}: found it held by ${nameOf(held)}, expected ${nameOf(who)}`,
      hint: `leave it to ${held.holder}`,
      holder: held.holder,
      since: held.acquired_at,
      until: held.expires_at
    }
  }
  if (verdict.clean) return { kind: 'release', to: 'unclaimed', text: held.lock ?? '' }
  const text = formatQuarantine({
    environment: who.environment,
    reason: verdict.reason,
    holder: nameOf(held),
    quarantined_at: now.toISOString(),
    ...(held.lock === undefined ? {} : { lock: held.lock })
  })
  return { kind: 'release', to: 'quarantined', text }
}
