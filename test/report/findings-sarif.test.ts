import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { findingsSarif, type SarifOptions } from '../../src/report/findings-sarif.ts'
import { emptyFile, sources, unknownResource, unusedResource } from './findings-sample.ts'

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri?: string }[] }
    }
    readonly results: readonly Result[]
  }[]
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string }
      readonly region: Readonly<Record<string, number>>
    }
    readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[]
  }[]
  readonly partialFingerprints: { readonly primaryLocationLineHash: string }
}

const options: SarifOptions = { sources, base: '/checkout', version: '1.2.3' }

let schema: object

beforeAll(async () => {
  const file = join(import.meta.dirname, '..', 'fixtures', 'sarif', 'code-scanning.schema.json')
  schema = JSON.parse(await readFile(file, 'utf8')) as object
})

/** The log, as code scanning would take it. */
function read(findings: readonly Finding[], more: Partial<SarifOptions> = {}): Log['runs'][number] {
  const log = JSON.parse(findingsSarif(findings, { ...options, ...more })) as Log
  const validate = new Ajv({ allErrors: true }).compile(schema)
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
  const [run] = log.runs
  if (run === undefined) throw new Error('no run')
  return run
}

describe('findings as SARIF', () => {
  it('are what code scanning requires, also where there are none', () => {
    expect(read([]).results).toEqual([])
    expect(read([unknownResource, unusedResource, emptyFile]).results).toHaveLength(3)
  })

  it('say where they are, in the file and in the pipeline', () => {
    const [location] = read([unknownResource]).results[0]?.locations ?? []
    expect(location?.physicalLocation.region).toEqual({
      startLine: 9,
      startColumn: 5,
      endLine: 9,
      endColumn: 17
    })
    expect(location?.logicalLocations).toEqual([{ fullyQualifiedName: 'jobs.test.plan[1].put(nowhere)' }])
    const [whole] = read([emptyFile]).results[0]?.locations ?? []
    expect(whole?.physicalLocation.region).toMatchObject({ startLine: 1, startColumn: 1 })
    expect(whole?.logicalLocations).toBeUndefined()
  })

  it.each([
    ['/checkout/ci/a.yml', 'ci/a.yml'],
    ['./ci/../a b:c%.yml', 'a%20b%3Ac%25.yml'],
    ['ci/größe.yml', 'ci/gr%C3%B6%C3%9Fe.yml'],
    ['/elsewhere/x y.yml', 'file:///elsewhere/x%20y.yml']
  ])('name the file %s by the URI %s', (file, uri) => {
    const [result] = read([{ ...emptyFile, file }]).results
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri)
  })

  it('list each rule once, and known ones that found nothing too', () => {
    const rules = [{ code: 'no-timeout', summary: 'A wait has no timeout.', doc: 'docs/rules/no-timeout.md' }]
    const run = read([unknownResource, { ...unknownResource, line: 3 }, unusedResource], { rules })
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual([
      'no-timeout',
      'unknown-resource',
      'unused-resource'
    ])
    expect(run.tool.driver.rules.map(({ helpUri }) => helpUri)).toEqual([
      undefined,
      unknownResource.doc,
      undefined
    ])
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  })

  it('have fingerprints that stay where lines move, and differ where anything else does', () => {
    const prints = (findings: readonly Finding[]): string[] =>
      read(findings).results.map(result => result.partialFingerprints.primaryLocationLineHash)
    const moved = { ...unknownResource, line: 99, column: 1, message: 'in other words' }
    expect(prints([moved])).toEqual(prints([unknownResource]))
    const others = [
      unknownResource,
      unknownResource,
      { ...unknownResource, path: 'x' },
      { ...unknownResource, code: 'y' }
    ]
    expect(new Set(prints(others)).size).toBe(4)
  })
})
