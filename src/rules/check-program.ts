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

/**
 * All findings in a pipeline that a program made, each at the call that made what it is about: what can't be emitted,
 * and what rules find. `placeOf` finds the place of a call.
 */
export function checkProgram(pipeline: Pipeline, placeOf: PlaceOf, options: CheckOptions = {}): Finding[] {
  const subject = subjectOf(pipeline, options)
  const unwritable = inspectPlainData(pipelineShape, pipeline, options.target).findings
  const found = [...unwritable, ...checkSubject(subject, options)]
  const origins = new Origins(subject)
  return finish(
    found.map(finding => ({ ...finding, ...placeOf(origins.of(finding.path)) })),
    {
      rules: options.rules ?? allRules,
      levels: options.levels ?? {},
      suppressions: origins.suppressions(placeOf)
    }
  )
}
