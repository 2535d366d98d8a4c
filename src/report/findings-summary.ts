import type { Finding } from '../core/finding.ts'

/** `3 errors, 2 warnings in 2 files`, or `no findings`. */
export function summaryOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no findings'
  const errors = findings.filter(finding => finding.severity === 'error').length
  const counts = [plural(errors, 'error'), plural(findings.length - errors, 'warning')]
  const files = new Set(findings.flatMap(({ file }) => file ?? [])).size
  const where = files === 0 ? '' : ` in ${plural(files, 'file')}`
  return `${counts.filter(count => count !== '').join(', ')}${where}`
}

function plural(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`
}
