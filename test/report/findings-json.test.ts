import { describe, expect, it } from 'vitest'
import { findingsJson } from '../../src/report/findings-json.ts'
import { emptyFile, unknownResource } from './findings-sample.ts'

describe('findings as JSON', () => {
  it('have the same keys in the same order, without those that are absent', () => {
    const { doc, hint, ...rest } = unknownResource
    const text = findingsJson([{ doc, hint, ...rest } as typeof unknownResource, emptyFile])
    const { findings } = JSON.parse(text) as { findings: object[] }
    expect(findings).toEqual([unknownResource, emptyFile])
    expect(Object.keys(findings[0] ?? {})).toEqual(
      'code severity message path file line column hint doc'.split(' ')
    )
    expect(Object.keys(findings[1] ?? {})).toEqual('code severity message path file'.split(' '))
  })

  it('are one line, or readable, and end with the line', () => {
    expect(findingsJson([unknownResource]).indexOf('\n')).toBe(findingsJson([unknownResource]).length - 1)
    expect(findingsJson([unknownResource], { pretty: true })).toContain(
      '\n      "code": "unknown-resource",\n'
    )
  })

  it('are there where there are none', () => {
    expect(findingsJson([])).toBe('{"findings":[]}\n')
  })
})
