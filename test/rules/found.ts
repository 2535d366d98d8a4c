import { readPipeline } from '../../src/concourse/read.ts'
import { checkPipeline, type CheckOptions } from '../../src/rules/check-pipeline.ts'
import type { Rule } from '../../src/rules/rule.ts'

/** `code path` of what a rule finds in a pipeline; what is no error, with its severity before. */
export function found(rule: Rule, yaml: string, options: CheckOptions = {}): readonly string[] {
  const levels = rule.level === 'off' ? ({ [rule.code]: 'warning' } as const) : {}
  const findings = checkPipeline(readPipeline(yaml, 'p.yml').pipeline, { levels, ...options, rules: [rule] })
  return findings.map(
    ({ code, severity, path }) => `${severity === 'warning' ? 'warning ' : ''}${code} ${path}`
  )
}

/** A pipeline whose one job `j` has this plan, in YAML's flow style. */
export function plan(steps: string, ...more: readonly string[]): string {
  return [`jobs: [{name: j, plan: [${steps}]}]`, ...more, ''].join('\n')
}
