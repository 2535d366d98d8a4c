import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkEnvironments } from '../../src/environment/check-records.ts'
import { checkRecord } from '../../src/environment/read-record.ts'
import { checkVersionSet } from '../../src/environment/read-version-set.ts'

const env = new URL('../../env/', import.meta.url)

function textsIn(folder: string): [string, string][] {
  return readdirSync(new URL(folder, env))
    .filter(name => name.endsWith('.yml'))
    .map(name => [`env/${folder}${name}`, readFileSync(new URL(`${folder}${name}`, env), 'utf8')])
}

const records = textsIn('')
const versionSets = textsIn('versions/')

it('there are records and version sets to look at', () => {
  expect(records.map(([file]) => file)).toContain('env/play-fern.yml')
  expect(versionSets.map(([file]) => file)).toContain('env/versions/lab.yml')
})

describe.each(records)('%s', (file, text) => {
  it('reads without a finding', () => {
    expect(checkRecord(text, file).findings).toEqual([])
  })

  it('tells an editor its schema', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=environment.schema.json')
  })
})

describe.each(versionSets)('%s', (file, text) => {
  it('reads without a finding', () => {
    expect(checkVersionSet(text, file).findings).toEqual([])
  })

  it('tells an editor its schema', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../version-set.schema.json')
  })
})

it('all of env/ agrees with itself', () => {
  expect(checkEnvironments(new Map([...records, ...versionSets])).findings).toEqual([])
})
