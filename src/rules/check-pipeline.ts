import type { Pipeline } from '../concourse/model.ts'
import type { Finding } from '../core/finding.ts'
import { artifacts } from './artifacts.ts'
import { duplicateName } from './duplicate-name.ts'
import { invalidAttempts } from './invalid-attempts.ts'
import { invalidDuration } from './invalid-duration.ts'
import { invalidIdentifier } from './invalid-identifier.ts'
import { passed } from './passed.ts'
import { repeatedGet } from './repeated-get.ts'
import type { Rule } from './rule.ts'
import { subjectOf, type SubjectOptions } from './subject.ts'
import { taskSource } from './task-source.ts'
import { unknownMapping } from './unknown-mapping.ts'
import { unknownResource } from './unknown-resource.ts'
import { unusedResource } from './unused-resource.ts'

/** Every rule there is. */
const rules: readonly Rule[] = [
  duplicateName,
  invalidIdentifier,
  unknownResource,
  unusedResource,
  passed,
  repeatedGet,
  taskSource,
  unknownMapping,
  artifacts,
  invalidDuration,
  invalidAttempts
]

/** What is wrong with a pipeline, rule by rule. Steps made from our own tasks are checked against them. */
export function checkPipeline(pipeline: Pipeline, options: SubjectOptions = {}): Finding[] {
  const subject = subjectOf(pipeline, options)
  return rules.flatMap(rule => [...rule(subject)])
}
