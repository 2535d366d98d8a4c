import type { Finding } from '../core/finding.ts'
import { readingRules } from './reading-rules.ts'
import type { Level, Rule } from './rule.ts'
import { suppress, type Suppression } from './suppress.ts'

export interface FinishOptions {
  readonly rules: readonly Rule[]
  readonly levels: Readonly<Record<string, Level>>
  readonly suppressions: readonly Suppression[]
}

/** Findings as they are told: counted as somebody set, without what is allowed, with their pages, in file order. */
export function finish(
  findings: readonly Finding[],
  { rules, levels, suppressions }: FinishOptions
): Finding[] {
  const codes = new Set([...rules, ...readingRules].map(({ code }) => code))
  const counted = findings.flatMap(finding => {
    const level = levels[finding.code]
    if (level === 'off') return []
    return [level === undefined ? finding : { ...finding, severity: level }]
  })
  const documented = suppress(counted, suppressions, codes).map(finding => ({
    ...finding,
    doc: finding.doc ?? pageOf(finding.code)
  }))
  return documented.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
}

/** Where a rule is explained, from the root of the checkout. */
export function pageOf(code: string): string {
  return `docs/rules/${code}.md`
}
