import type { Step } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { StepOfKind } from '../concourse/walk.ts'
import type { Severity } from '../core/finding.ts'
import type { JobSubject, Subject } from './subject.ts'

/** How a rule's findings count. Those of a rule that is off are not looked for. */
export type Level = Severity | 'off'

/**
 * Looks at one thing in a pipeline and tells what is wrong with it. One rule is one file, one code, and one page in
 * docs/rules. A rule is asked once for the pipeline, once for each job and once for each step of the kinds that it
 * names, all in one walk.
 */
export interface Rule {
  /** A stable word, e.g. `unknown-resource`. */
  readonly code: string
  /** What it finds, in one sentence. */
  readonly summary: string
  /** `error`: it certainly breaks, or is certainly not meant. `warning`: it is risky. `off`: a matter of taste. */
  readonly level: Level
  /** Address of a page that explains it, where it is a rule of a team's own. */
  readonly doc?: string
  readonly pipeline?: (subject: Subject, report: Report) => void
  readonly job?: (job: JobSubject, report: Report, subject: Subject) => void
  readonly step?: StepChecks
}

/** What to look at in steps, by kind. */
export type StepChecks = {
  readonly [K in Step['kind']]?: (placed: PlacedStep<StepOfKind<K>>, report: Report, subject: Subject) => void
}

/** Tells of one thing that is wrong. `path` is in Concourse's notation; the message says what was found and expected. */
export type Report = (path: string, message: string, more?: ReportOptions) => void

export interface ReportOptions {
  /** What to do about it, in one imperative sentence. */
  readonly hint?: string | undefined
  /** Where it differs from the rule's own. */
  readonly severity?: Severity
}
