import type { Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { allRules } from './all-rules.ts'
import { readingRules, type ReadingRule } from './reading-rules.ts'
import type { Level, Rule } from './rule.ts'
import { suppress, type Suppression } from './suppress.ts'

export interface FinishOptions {
  readonly rules: readonly Rule[]
  readonly levels: Readonly<Record<string, Level>>
  readonly suppressions: readonly Suppression[]
  /** What nobody may allow, nor count otherwise, because nothing was looked for behind it. @default nothing */
  readonly isFixed?: (finding: Finding) => boolean
}

/** Findings as they are told: without what is allowed, counted as somebody set, with their pages, in file order. */
export function finish(
  findings: readonly Finding[],
  { rules, levels, suppressions, isFixed = () => false }: FinishOptions
): Finding[] {
  const fixed = findings.filter(isFixed)
  // An allowance may be meant for one of those that are not told.
  const cut = new Set(findings.flatMap(({ code, more }) => (more === undefined ? [] : code)))
  const known = new Map<string, ReadingRule>([...readingRules, ...rules].map(rule => [rule.code, rule]))
  const left = suppress(
    findings.filter(finding => !isFixed(finding)),
    suppressions,
    {
      codes: new Set(known.keys()),
      wasLookedFor: code =>
        fixed.length === 0 && !cut.has(code) && (levels[code] ?? known.get(code)?.level) !== 'off'
    }
  )
  const counted = left.flatMap(finding => {
    const level = levels[finding.code]
    if (level === 'off') return []
    return [level === undefined ? finding : { ...finding, severity: level }]
  })
  return told([...fixed, ...counted], rules)
}

/** The findings with the pages that explain them, file by file, and within each from the top down. */
export function told(findings: readonly Finding[], rules: readonly ReadingRule[]): Finding[] {
  const docs = new Map(rules.map(rule => [rule.code, docOf(rule.code, rule)]))
  return inFileOrder(
    findings.map(finding => ({
      ...finding,
      ...given('doc', finding.doc ?? docs.get(finding.code) ?? docOf(finding.code, undefined))
    }))
  )
}

/** Codes that have a page in this repository. */
const ours: ReadonlySet<string> = new Set([...allRules, ...readingRules].map(({ code }) => code))

/** File by file as they come up, and within each from the top down. */
function inFileOrder(findings: Finding[]): Finding[] {
  const order = new Map([...new Set(findings.map(({ file }) => file))].map((file, index) => [file, index]))
  const rank = ({ file }: Finding): number => order.get(file) ?? 0
  return findings.sort(
    (a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
  )
}

/** Where a rule is explained: a page of this repository, from its root, or what a rule of a team's own says. */
export function docOf(code: string, rule: ReadingRule | undefined): string | undefined {
  return ours.has(code) ? pageOf(code) : rule?.doc
}

/** Where a rule of ours is explained, from the root of the repository. */
export function pageOf(code: string): string {
  return `docs/rules/${code}.md`
}
