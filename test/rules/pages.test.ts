import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allRules } from '../../src/rules/all-rules.ts'
import { checkText } from '../../src/rules/check-text.ts'
import { readingRules } from '../../src/rules/reading-rules.ts'
import { pageOf, withoutExample, type Example } from './page.ts'

const rules = [...allRules, ...readingRules]

function findingsIn({ pipeline, options }: Example, code: string, level: string) {
  const levels = level === 'off' ? ({ [code]: 'warning' } as const) : {}
  return checkText(pipeline, 'pipeline.yml', { ...options, levels })
}

describe.each(rules)('the page of $code', ({ code, summary, level }) => {
  const page = pageOf(code)

  it('begins with the code, what the rule finds, and how it counts', () => {
    expect(page?.text).toMatch(new RegExp(`^# ${code}\n\n`))
    expect(page?.text).toContain(`${summary} (${level})`)
  })

  it.skipIf(withoutExample.has(code))('has a bad example in which the rule finds something', () => {
    const findings = page?.bad === undefined ? [] : findingsIn(page.bad, code, level)
    expect(findings.map(finding => finding.code)).toContain(code)
  })

  it.skipIf(withoutExample.has(code))('has a good example in which nothing is wrong', () => {
    expect(page?.good).toBeDefined()
    const findings = page?.good === undefined ? [] : findingsIn(page.good, code, level)
    expect(findings.filter(finding => finding.severity === 'error' || finding.code === code)).toEqual([])
  })
})

it('has no page of a rule that is not there', () => {
  const pages = readdirSync(new URL('../../docs/rules/', import.meta.url)).filter(
    name => name !== 'README.md'
  )
  expect(pages.sort()).toEqual(rules.map(({ code }) => `${code}.md`).sort())
})
