import { describe, expect, it } from 'vitest'
import type { Job, Pipeline, Step } from '../../src/concourse/model.ts'
import { readPipeline } from '../../src/concourse/read.ts'
import { allRules } from '../../src/rules/all-rules.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { pageOf, withoutExample, type Example } from './page.ts'

const idle: Step = {
  kind: 'task',
  name: 'idle',
  timeout: '1m',
  config: { platform: 'linux', run: { path: 'true' } }
}

/** Each way in which a plan may stand within another. */
const nestings = {
  do: plan => [{ kind: 'do', steps: plan }],
  try: plan => [{ kind: 'try', step: { kind: 'do', steps: plan } }],
  in_parallel: plan => [{ kind: 'in_parallel', steps: [{ kind: 'do', steps: plan }, idle] }],
  across: plan => [
    { kind: 'across', across: [{ var: 'nested', values: [1] }], step: { kind: 'do', steps: plan } }
  ],
  hook: plan => [{ kind: 'on_success', step: idle, hook: { kind: 'do', steps: plan } }],
  attempts: plan => [{ kind: 'attempts', attempts: 2, step: { kind: 'do', steps: plan } }]
} as const satisfies Record<string, (plan: readonly Step[]) => readonly Step[]>

type Nesting = keyof typeof nestings

/** Where a finding is not the same within, and why. */
const exceptions: Readonly<Record<string, Partial<Record<Nesting, string>>>> = {
  'unused-local-var': { across: 'nobody uses the var of the nesting itself' },
  'get-without-attempts': { attempts: 'the nesting itself is what is missing' },
  'put-with-attempts': { attempts: 'the nesting itself is what is wrong' },
  'value-not-in-target': { across: 'across is such a value itself' }
}

const stepRules = allRules.filter(
  ({ code, step, job }) => (step !== undefined || job !== undefined) && !withoutExample.has(code)
)

function countIn(rule: Rule, pipeline: Pipeline, { options }: Example): number {
  const levels = rule.level === 'off' ? ({ [rule.code]: 'warning' } as const) : {}
  return checkPipeline(pipeline, { ...options, rules: [rule], levels }).length
}

function nested(pipeline: Pipeline, nesting: Nesting): Pipeline {
  const jobs = pipeline.jobs.map((job): Job => ({ ...job, plan: nestings[nesting](job.plan) }))
  return { ...pipeline, jobs }
}

describe.each(stepRules)('$code', rule => {
  const page = pageOf(rule.code)
  for (const nesting of Object.keys(nestings) as Nesting[]) {
    const reason = exceptions[rule.code]?.[nesting]
    it.skipIf(reason !== undefined)(
      `finds the same within ${nesting}${reason === undefined ? '' : `: ${reason}`}`,
      () => {
        if (page?.bad === undefined || page.good === undefined) throw new Error('no examples')
        const bad = readPipeline(page.bad.pipeline, 'bad.yml').pipeline
        const good = readPipeline(page.good.pipeline, 'good.yml').pipeline
        expect(countIn(rule, nested(bad, nesting), page.bad)).toBe(countIn(rule, bad, page.bad))
        expect(countIn(rule, nested(good, nesting), page.good)).toBe(0)
      }
    )
  }
})
