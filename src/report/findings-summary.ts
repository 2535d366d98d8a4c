import type { Finding, Severity } from '../core/finding.ts'

/** `3 errors, 2 warnings in 2 files`, or `no findings`. */
export function summaryOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no findings'
  const counts = [
    plural(countOf(findings, 'error'), 'error'),
    plural(countOf(findings, 'warning'), 'warning')
  ]
  const files = new Set(findings.flatMap(({ file }) => file ?? [])).size
  const where = files === 0 ? '' : ` in ${plural(files, 'file')}`
  return `${counts.filter(count => count !== '').join(', ')}${where}`
}

/** With those that are not told one by one. */
function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.reduce((sum, one) => sum + (one.severity === severity ? 1 + (one.more ?? 0) : 0), 0)
}

function plural(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`
}
