import type { Pipeline } from '../concourse/model.ts'
import type { Origin } from '../concourse/origin.ts'
import { inspectPlainData } from '../concourse/plain-data.ts'
import { pipeline as pipelineShape } from '../concourse/schema-pipeline.ts'
import type { Finding } from '../core/finding.ts'
import { allRules } from './all-rules.ts'
import { checkSubject, type CheckOptions } from './check-pipeline.ts'
import { finish } from './finish.ts'
import { Origins } from './origins.ts'
import { subjectOf } from './subject.ts'

/** Where in a source something was made. */
export type PlaceOf = (origin: Origin | undefined) => Pick<Finding, 'file' | 'line' | 'column'>

/** What was found in a pipeline that a program made, before it is known where in the program. */
export interface ProgramCheck {
  /** Whether there is nothing to tell. */
  readonly isRight: boolean
  /**
   * All findings, each at the call that made what it is about. `noted` is the same pipeline, made while calls were
   * noted; `placeOf` finds the place of a call.
   */
  readonly findings: (noted: Pipeline, placeOf: PlaceOf) => Finding[]
}

/** Checks a pipeline that a program made: whether it can be emitted, and by the rules. */
export function checkProgram(pipeline: Pipeline, options: CheckOptions = {}): ProgramCheck {
  const subject = subjectOf(pipeline, options)
  const unwritable = inspectPlainData(pipelineShape, pipeline, options.target).findings
  const found = [...unwritable, ...checkSubject(subject, options)]
  const { rules = allRules, levels = {} } = options
  const placed = (origins: Origins, placeOf: PlaceOf): Finding[] =>
    finish(
      found.map(finding => ({ ...finding, ...placeOf(origins.of(finding.path)) })),
      { rules, levels, suppressions: origins.suppressions(placeOf) }
    )
  return {
    isRight: placed(new Origins(subject), () => ({})).length === 0,
    findings: (noted, placeOf) => placed(new Origins(subjectOf(noted, options)), placeOf)
  }
}
