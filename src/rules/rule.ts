import type { Finding, Severity } from '../core/finding.ts'
import { given } from '../core/given.ts'
import type { Subject } from './subject.ts'

/** Looks at one thing in a pipeline and tells what is wrong with it. One rule is one file. */
export type Rule = (subject: Subject) => Iterable<Finding>

export interface Remark {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string | undefined
  /** @default 'error' */
  readonly severity?: Severity
}

export function finding({ code, severity = 'error', path, message, hint }: Remark): Finding {
  return { code, severity, path, message, ...given('hint', hint) }
}
