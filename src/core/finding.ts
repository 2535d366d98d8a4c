import { UserError } from './errors.ts'

export type Severity = 'error' | 'warning'

/** One thing that is wrong with a pipeline, a task, a record or a version set. */
export interface Finding {
  /** A stable word for tests, suppressions and searches, e.g. `unknown-key`. */
  readonly code: string
  readonly severity: Severity
  /** What was found and what was expected; the place is said by `path`. */
  readonly message: string
  /** Where, in the notation of the thing checked: `jobs.deploy.plan[2].task(run-errand).params`. */
  readonly path: string
  readonly hint?: string
  readonly file?: string
  /** Counted from 1. */
  readonly line?: number
  /** Counted from 1. */
  readonly column?: number
  /** Page that explains the finding. */
  readonly doc?: string
  /** How many like it there are in the file besides, that are not told one by one; the message says so too. */
  readonly more?: number
}

/** Of one code in one file, that are told one by one. */
export const mostAlikeInFile = 1000

/** Everything that was found wrong with one input, in the order of the file. Exit code 3. */
export class FindingsError extends UserError {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[], options: { readonly hint?: string } = {}) {
    super('findings', findings.map(formatFinding).join('\n'), options)
    this.name = 'FindingsError'
    this.findings = findings
  }
}

/** `env/lab.yml:3:1: error: iaas: found "gpc", expected one of …`, with the hint on a line of its own. */
export function formatFinding(finding: Finding): string {
  const place = [finding.file, finding.line, finding.column].filter(part => part !== undefined).join(':')
  const where = [place, finding.severity, finding.path].filter(part => part !== '').join(': ')
  const hint = finding.hint === undefined ? '' : `\n  hint: ${finding.hint}`
  return `${where}: ${finding.message}${hint}`
}

/** Whether any of the findings must stop the work. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(finding => finding.severity === 'error')
}
