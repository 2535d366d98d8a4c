import type { TaskConfig } from '../concourse/model.ts'
import {
  inspectPipeline,
  inspectTaskConfig,
  losesSomething,
  type ReadOptions,
  type ReadText
} from '../concourse/read.ts'
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
  const read = inspectPipeline(text, file, options)
  const areVarsGiven = options.variables !== undefined
  const found = read.value === undefined ? [] : checkPipeline(read.value, { areVarsGiven, ...options })
  const placed = found.map(finding => ({ ...finding, file, ...read.positionOf(finding.path) }))
  return finished(text, file, read, placed, options)
}

/** What holds for a task file as well. */
export type CheckTaskOptions = Pick<CheckTextOptions, 'rules' | 'levels' | 'target'>

/** A task file as far as it can be read, and all findings in it. */
export function checkTaskText(
  text: string,
  file: string,
  options: CheckTaskOptions = {}
): { readonly config: TaskConfig | undefined; readonly findings: Finding[] } {
  const read = inspectTaskConfig(text, file, options)
  return { config: read.value, findings: finished(text, file, read, [], options) }
}

function finished(
  text: string,
  file: string,
  { value, findings, comments, positionAt }: ReadText<unknown>,
  more: readonly Finding[],
  { rules = allRules, levels = {} }: CheckOptions
): Finding[] {
  // Nothing was looked for in what could not be read, so that nobody may allow the reason away.
  const isFixed = value === undefined ? losesSomething : () => false
  return finish([...findings, ...more], {
    rules,
    levels,
    suppressions: commentSuppressions(comments, text, file, positionAt),
    isFixed
  })
}
