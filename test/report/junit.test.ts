import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import { renderJUnit } from '../../src/report/junit.ts'
import { formatResults, readResults } from '../../src/report/results.ts'
import { anyText } from './events.ts'
import { sampleResults } from './sample-results.ts'
import { namesIn } from '../core/well-formed.ts'

it('is JUnit XML with a case for each cell', async () => {
  await expect(renderJUnit(sampleResults)).toMatchFileSnapshot('../golden/report/junit.xml')
})

it('is well-formed whatever the texts are', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.constantFrom('pass' as const, 'fail' as const, 'skip' as const),
      (text, verdict) => {
        const cell = {
          id: text,
          from: text,
          to: text,
          proves: text,
          command: text,
          expected: text,
          verdict,
          tookMillis: 1,
          detail: text
        }
        const xml = renderJUnit({ environment: text, cells: [cell] })
        namesIn(xml)
        expect(xml).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}/u)
      }
    )
  )
})

describe('results.json', () => {
  it('is read as it was written', () => {
    expect(readResults(formatResults(sampleResults), 'results.json')).toEqual(sampleResults)
    expect(readResults('{"cells": []}', 'results.json')).toEqual({ cells: [] })
  })

  it.each([
    ['no JSON', '{', ['']],
    ['no cells', '{}', ['cells']],
    ['a list', '[]', ['cells']],
    ['nothing', 'null', ['cells']],
    [
      'cells that lack things',
      JSON.stringify({ cells: [{ ...sampleResults.cells[0], verdict: 'maybe', detail: 1 }, 7] }),
      ['cells[0].verdict', 'cells[0].detail', 'cells[1].tookMillis', 'cells[1].verdict', 'cells[1].id']
    ]
  ])('%s is found', (_, text, paths) => {
    try {
      readResults(text, 'results.json')
      expect.unreachable()
    } catch (thrown) {
      if (!(thrown instanceof FindingsError)) throw thrown
      expect(thrown.findings.map(({ path }) => path).slice(0, 5)).toEqual(paths)
    }
  })
})
