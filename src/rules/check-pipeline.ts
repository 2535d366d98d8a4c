import type { Pipeline, Step } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { mostAlikeInFile, type Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { MostAlike } from '../core/most-alike.ts'
import { allRules } from './all-rules.ts'
import type { Level, Report, Rule } from './rule.ts'
import { subjectOf, type JobSubject, type Subject, type SubjectOptions } from './subject.ts'

export interface CheckOptions extends SubjectOptions {
  /** @default all that there are */
  readonly rules?: readonly Rule[]
  /** How findings count, by code, where it is not the rule's own level. */
  readonly levels?: Readonly<Record<string, Level>>
}

/** What is wrong with a pipeline, in the order of the walk. Steps made from our own tasks are checked against them. */
export function checkPipeline(pipeline: Pipeline, options: CheckOptions = {}): Finding[] {
  return checkSubject(subjectOf(pipeline, options), options)
}

/** As `checkPipeline`, for who has gathered the subject already. */
export function checkSubject(subject: Subject, { rules = allRules, levels = {} }: CheckOptions): Finding[] {
  const findings: Finding[] = []
  const alike = new MostAlike<Finding>(mostAlikeInFile)
  const active = rules.flatMap(rule => {
    const level = levels[rule.code] ?? rule.level
    if (level === 'off') return []
    const report: Report = (path, message, { hint, severity } = {}) => {
      // A level that somebody set holds for all findings of the rule.
      const counted = levels[rule.code] === undefined ? (severity ?? level) : level
      const finding = { code: rule.code, severity: counted, path, message, ...given('hint', hint) }
      if (alike.takes(finding)) findings.push(finding)
    }
    return [{ rule, report }]
  })
  for (const { rule, report } of active) rule.pipeline?.(subject, report)
  const checks = stepChecksOf(active)
  const jobChecks = active.flatMap(({ rule: { job: check }, report }) =>
    check === undefined ? [] : [(job: JobSubject) => check(job, report, subject)]
  )
  for (const job of subject.jobs) {
    for (const check of jobChecks) check(job)
    checkSteps(job, checks, subject)
  }
  return [...alike.counted(findings)]
}

type StepCheck = (placed: PlacedStep, subject: Subject) => void

function checkSteps(
  { steps }: JobSubject,
  checks: ReadonlyMap<Step['kind'], readonly StepCheck[]>,
  subject: Subject
): void {
  for (const placed of steps) for (const check of checks.get(placed.step.kind) ?? []) check(placed, subject)
}

/** What all rules look at, by kind of step, so that each step is asked only what concerns it. */
function stepChecksOf(
  active: readonly { readonly rule: Rule; readonly report: Report }[]
): ReadonlyMap<Step['kind'], readonly StepCheck[]> {
  const checks = new Map<Step['kind'], StepCheck[]>()
  for (const { rule, report } of active) {
    for (const kind of Object.keys(rule.step ?? {}) as Step['kind'][]) {
      // The type of the checks ties each to its kind; the compiler can't follow that through an index.
      const check = rule.step?.[kind] as
        ((placed: PlacedStep, report: Report, subject: Subject) => void) | undefined
      if (check === undefined) continue
      const ofKind = checks.get(kind) ?? []
      ofKind.push((placed, subject) => check(placed, report, subject))
      checks.set(kind, ofKind)
    }
  }
  return checks
}
