import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderPage, type PageInput } from '../../src/report/page.ts'
import type { MatrixResults } from '../../src/core/matrix-results.ts'
import { anyEvents, anyText } from './events.ts'
import { sampleResults } from './sample-results.ts'
import { sampleRun } from './sample-run.ts'
import { namesIn } from '../core/well-formed.ts'

const whole: PageInput = {
  events: sampleRun().events(),
  results: sampleResults,
  versions: { bbl: '8.4.40', 'cf-deployment': 'v13.5.0' },
  evidence: [
    { label: 'Events', href: 'events.jsonl' },
    { label: 'Logs of all VMs', href: 'evidence/logs.tgz' }
  ],
  logOf: ({ id, name }) => `logs/${id}-${name}.log`
}

it('says what went wrong, what was tested, where the time went', async () => {
  await expect(renderPage(whole)).toMatchFileSnapshot('../golden/report/failed.html')
})

it('of a run that went well says nothing of trouble', async () => {
  const page = renderPage({ events: sampleRun({ fails: false }).events() })
  await expect(page).toMatchFileSnapshot('../golden/report/succeeded.html')
  expect(page).not.toContain('What went wrong')
})

it('of a run that is not over says so', () => {
  expect(renderPage({ events: sampleRun().events(25_000) })).toContain('Not finished')
  expect(renderPage({ events: [] })).toContain('Not finished')
})

it('marks the critical path, and the longest branch alone', () => {
  const rows = [
    ...renderPage(whole).matchAll(/<tr class="([^"]*)"><th scope="row"[^>]*>.*?<\/span> ([^<]*)/g)
  ]
  const critical = rows.filter(([, names = '']) => names.includes('critical')).map(([, , label]) => label)
  expect(critical).toContain('deploy-cf')
  expect(critical).not.toContain('create-cfcr-release')
})

it('fetches nothing', () => {
  const page = renderPage(whole)
  expect(page).not.toMatch(/\b(src|xlink:href)=|@import|url\(|<link|<script/)
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).not.toContainEqual(
    expect.stringContaining(':')
  )
})

describe('links', () => {
  const linksOf = (href: string): string[] =>
    [...renderPage({ events: [], evidence: [{ label: 'x', href }] }).matchAll(/<a href="([^"]*)"/g)].map(
      ([, found]) => found ?? ''
    )

  it.each(['logs/1.log', 'https://ci.example.com/builds/7', 'logs/12:03.log'])('%s leads there', href => {
    expect(linksOf(href)).toEqual([href])
  })

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'java\nscript:x'
  ])('%j leads nowhere', href => {
    expect(linksOf(href)).toEqual([])
  })
})

it('no text from outside becomes markup, whatever happens', () => {
  const known = namesIn(renderPage(whole))
  const cells = fc.array(
    fc.record({
      id: anyText,
      from: anyText,
      to: anyText,
      proves: anyText,
      command: anyText,
      expected: anyText,
      verdict: fc.constantFrom('pass' as const, 'fail' as const, 'skip' as const),
      source: anyText,
      tookMillis: fc.nat(),
      detail: anyText
    }),
    { maxLength: 3 }
  )
  const results: fc.Arbitrary<MatrixResults> = fc.record({
    environment: anyText,
    network: anyText,
    cells
  })
  fc.assert(
    fc.property(anyEvents, results, anyText, anyText, (events, tested, label, href) => {
      const page = renderPage({
        events,
        results: tested,
        versions: { [label]: href },
        evidence: [{ label, href }],
        logOf: () => href
      })
      const { tags, attributes } = namesIn(page)
      expect([...tags].filter(tag => !known.tags.has(tag))).toEqual([])
      expect([...attributes].filter(attribute => !known.attributes.has(attribute))).toEqual([])
    })
  )
})
