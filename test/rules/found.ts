import { readPipeline } from '../../src/concourse/read.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { subjectOf, type SubjectOptions } from '../../src/rules/subject.ts'

/** `code path` of what a rule finds in a pipeline. */
export function found(rule: Rule, yaml: string, options: SubjectOptions = {}): readonly string[] {
  return [...rule(subjectOf(readPipeline(yaml, 'p.yml').pipeline, options))].map(
    ({ code, severity, path }) => `${severity === 'warning' ? 'warning ' : ''}${code} ${path}`
  )
}

/** A pipeline whose one job `j` has this plan, in YAML's flow style. */
export function plan(steps: string, ...more: readonly string[]): string {
  return [`jobs: [{name: j, plan: [${steps}]}]`, ...more, ''].join('\n')
}
