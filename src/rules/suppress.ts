import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'

/** A finding that somebody allows at one place. */
export interface Suppression {
  /** Of the rule; empty where it can't be read. */
  readonly code: string
  /** Why it is no matter there. */
  readonly reason: string
  readonly covers: (finding: Finding) => boolean
  /** Where the suppression itself stands. */
  readonly place: Pick<Finding, 'path' | 'file' | 'line' | 'column'>
}

/** The rules that a suppression may name. */
export interface Suppressible {
  readonly codes: ReadonlySet<string>
  /** Whether the rule could have found something: it is not off, and there was something to look at. */
  readonly wasLookedFor: (code: string) => boolean
}

/**
 * The findings that nobody allows, and what is wrong with the suppressions: one that covers nothing, one of a code that
 * no rule has, one without a reason.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  rules: Suppressible
): Finding[] {
  const used = new Set<Suppression>()
  const left = findings.filter(finding => {
    const covering = suppressions.filter(one => one.code === finding.code && one.covers(finding))
    for (const one of covering) used.add(one)
    // What stands for others elsewhere is not allowed by a word at its own place.
    return covering.length === 0 || finding.more !== undefined
  })
  return [...left, ...suppressions.flatMap(one => faultOf(one, used.has(one), rules))]
}

function faultOf({ code, reason, place }: Suppression, isUsed: boolean, rules: Suppressible): Finding[] {
  const fault = { code: 'suppression', severity: 'warning', ...place } as const
  if (code === '') {
    const message = 'found a comment to causeway that it does not understand'
    return [{ ...fault, message, hint: 'write: causeway: allow CODE because REASON' }]
  }
  if (!rules.codes.has(code)) {
    const meant = nearestName(code, rules.codes)
    const message = `found an allowance of ${JSON.stringify(code)}, expected the code of a rule`
    const hint = meant === undefined ? 'run causeway rules, which lists them' : `write ${meant}`
    return [{ ...fault, message, hint }]
  }
  if (!isUsed && rules.wasLookedFor(code)) {
    return [
      { ...fault, message: `found an allowance of ${code}, and no such finding here`, hint: 'remove it' }
    ]
  }
  if (reason.trim() !== '') return []
  const message = `found an allowance of ${code} without a reason`
  return [{ ...fault, message, hint: 'say why: allow … because …' }]
}
