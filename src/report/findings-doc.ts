import type { Finding } from '../core/finding.ts'

/** Whether what explains a finding is a page of this repository, which nobody can open from where they are. */
export function hasPage({ doc }: Pick<Finding, 'doc'>): boolean {
  return doc !== undefined && !URL.canParse(doc)
}

/** The command that prints the page of a rule. */
export function moreOn(code: string): string {
  return `causeway rules ${code}`
}
