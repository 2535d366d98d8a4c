import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import { readResults, resultsText } from '../../src/core/matrix-results.ts'
import { sampleResults } from '../report/sample-results.ts'

describe('results.json', () => {
  it('is read as it was written', () => {
    expect(readResults(resultsText(sampleResults), 'results.json')).toEqual(sampleResults)
    expect(resultsText(readResults(resultsText(sampleResults), 'results.json'))).toBe(
      resultsText(sampleResults)
    )
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
