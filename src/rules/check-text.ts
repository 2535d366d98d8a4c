import { inspectPipeline, type ReadOptions } from '../concourse/read.ts'
import type { Finding } from '../core/finding.ts'
import { allRules } from './all-rules.ts'
import { checkPipeline, type CheckOptions } from './check-pipeline.ts'
import { commentSuppressions } from './comment-suppressions.ts'
import { finish } from './finish.ts'

export type CheckTextOptions = CheckOptions & ReadOptions

/**
 * All findings in the YAML of a pipeline, in the order of the page; `file` is what they call it. Where something could
 * not be read, rules that look at the whole say nothing, since what is left is not the author's.
 */
export function checkText(text: string, file: string, options: CheckTextOptions = {}): Finding[] {
  const { value, findings, positionOf, positionAt, comments } = inspectPipeline(text, file, options)
  const found = value === undefined ? [] : checkPipeline(value, options)
  const placed = found.map(finding => ({ ...finding, file, ...positionOf(finding.path) }))
  return finish([...findings, ...placed], {
    rules: options.rules ?? allRules,
    levels: options.levels ?? {},
    suppressions: commentSuppressions(comments, text, file, positionAt)
  })
}
