import { describe, expect, it } from 'vitest'
import { checkEnvironments, readEnvironments } from '../../src/environment/check-records.ts'

const record = (name: string, versions = 'lab'): string => `name: ${name}
iaas: lab
region: local
system_domain: ${name}.example.com
versions: ${versions}
state: { uri: https://git.example.com/state.git, branch: ${name} }
locks: { uri: https://git.example.com/locks.git }
publish: { uri: https://git.example.com/causeway.git }
`

const versionSet = (name: string, version = "'v1.10'"): string => `name: ${name}
doc: Versions for a test, which belong together because it says so.
repositories:
  bucc: { version: ${version} }
  cf-deployment: { version: 'v1' }
  kubo-deployment: { version: 'v1' }
  kubo-release: { version: 'v1' }
  silk-release: { version: '2.30.0' }
images:
  toolbox: { repository: registry.example.com/toolbox, tag: '1' }
  probe: { repository: registry.example.com/probe, tag: '1' }
`

const findingsOf = (files: Record<string, string>): string[] =>
  checkEnvironments(new Map(Object.entries(files))).findings.map(
    ({ file, line, code, path }) => `${file ?? ''}:${line ?? 0} ${code} ${path}`
  )

it('gives all by name, in the order of their names', () => {
  const { records, versionSets } = readEnvironments(
    new Map([
      ['env/play.yml', record('play')],
      ['env/lab.yml', record('lab')],
      ['env/versions/lab.yml', versionSet('lab')],
      ['env/environment.schema.json', '{}']
    ])
  )
  expect([...records.keys()]).toEqual(['lab', 'play'])
  expect(versionSets.get('lab')?.repositories).toMatchObject({
    bucc: { uri: 'https://github.com/starkandwayne/bucc.git', version: 'v1.10' },
    'silk-release': { uri: 'https://github.com/cloudfoundry/silk-release.git', version: '2.30.0' }
  })
  expect(versionSets.get('lab')?.programs).toEqual({})
})

describe('between files', () => {
  const versions = { 'env/versions/lab.yml': versionSet('lab') }

  it('a name that differs from its file', () => {
    expect(findingsOf({ ...versions, 'env/lab.yml': record('labor') })).toEqual([
      'env/lab.yml:1 name-differs name'
    ])
    expect(findingsOf({ 'env/versions/lab.yml': versionSet('lob') })).toEqual([
      'env/versions/lab.yml:1 name-differs name'
    ])
  })

  it('a name that is the prefix of another', () => {
    const files = { ...versions, 'env/play-1.yml': record('play-1'), 'env/play-10.yml': record('play-10') }
    expect(findingsOf(files)).toEqual(['env/play-1.yml:1 name-prefix name'])
  })

  it('a prefix also of a record that can not be read for other reasons', () => {
    const broken = record('play-10').replace('iaas: lab', 'iaas: moon')
    expect(
      findingsOf({ ...versions, 'env/play-1.yml': record('play-1'), 'env/play-10.yml': broken })
    ).toEqual(['env/play-10.yml:2 wrong-value iaas', 'env/play-1.yml:1 name-prefix name'])
  })

  it('a version set that is not there', () => {
    const files = new Map([
      ['env/lab.yml', record('lab', 'lap')],
      ['env/versions/lab.yml', versionSet('lab')]
    ])
    const [finding] = checkEnvironments(files).findings
    expect(finding).toMatchObject({
      code: 'unknown-version-set',
      path: 'versions',
      line: 5,
      hint: 'write lab'
    })
  })

  it('throws all that is wrong in all files', () => {
    const files = new Map([
      ['env/lab.yml', record('lab', 'none')],
      ['env/versions/lab.yml', versionSet('lab', '1.10')]
    ])
    expect(() => readEnvironments(files)).toThrow(
      /bucc\.version[^]*unknown|bucc\.version[^]*versions: found none/
    )
  })
})

describe('a version set', () => {
  it.each([
    ['a version without quotes', versionSet('lab', '1.10'), '4 unquoted-text repositories.bucc.version'],
    [
      'an image that moves',
      versionSet('lab').replace("toolbox, tag: '1'", 'toolbox, tag: latest'),
      '10 wrong-value images.toolbox.tag'
    ],
    [
      'an unknown repository',
      versionSet('lab').replace('  bucc:', '  buc: { version: "1" }\n  bucc:'),
      '4 unknown-key repositories.buc'
    ],
    ['no reason', versionSet('lab').replace(/doc: .*/, 'doc: why'), '2 wrong-value doc'],
    ['a program as a number', `${versionSet('lab')}programs: { bbl: 8.4 }\n`, '12 unquoted-text programs.bbl']
  ])('%s', (_, text, expected) => {
    expect(findingsOf({ 'env/versions/lab.yml': text })).toEqual([`env/versions/lab.yml:${expected}`])
  })
})
