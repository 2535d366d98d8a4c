import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { CommandLine } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

const good = `jobs:
- name: test
  plan:
  - task: unit
    config: {platform: linux, run: {path: "true"}}
`
const unknownResource = `${good}  - put: nowhere\n`

async function write(name: string, bytes: string | Uint8Array): Promise<string> {
  const file = join(line.folder, name)
  await writeFile(file, bytes)
  return file
}

async function findingsOf(
  ...files: readonly string[]
): Promise<{ code: number; findings: Finding[]; err: string }> {
  const { code, out, err } = await line.run('check', ...files, '--format', 'json')
  const { findings } = JSON.parse(out) as { findings: Finding[] }
  return { code, findings, err }
}

/** A text in which everything is wrong, in two ways: as it is read, and by a rule. */
const manyFaults = [
  ...Array.from({ length: 30_000 }, (_, index) => `key${index}: 1\n`),
  good,
  ...Array.from({ length: 5000 }, (_, index) => `  - put: nowhere${index}\n`)
].join('')

describe('causeway check', () => {
  it('tells a thousand findings of a kind in a file, and how many more there are', async () => {
    const file = await write('many.yml', manyFaults)
    const { code, findings } = await findingsOf(file)
    expect(code).toBe(3)
    const told = (name: string) => findings.filter(finding => finding.code === name)
    expect(told('unknown-key')).toHaveLength(1000)
    expect(told('unknown-key').at(-1)).toMatchObject({ line: 1000, more: 29_000 })
    expect(told('unknown-resource')).toHaveLength(1000)
    expect(told('unknown-resource').at(-1)).toMatchObject({ severity: 'error', more: 4000 })
    const text = await line.run('check', file)
    expect(text.out).toMatch(
      /; 29000 more like it are not shown\n[^]*\n5000 errors, 30000 warnings in 1 file\n/
    )
  })

  it('counts them in SARIF, and takes an allowance below the last for one of them', async () => {
    const allowed = '  - put: one # causeway: allow unknown-resource because it comes later\n'
    const file = await write('many.yml', `${manyFaults}${allowed}`)
    const { code, out } = await line.run('check', file, '--format', 'sarif')
    expect(code).toBe(3)
    const [run] = (JSON.parse(out) as { runs: { results: { occurrenceCount?: number }[] }[] }).runs
    expect(run?.results).toHaveLength(2000)
    expect(run?.results.flatMap(({ occurrenceCount }) => occurrenceCount ?? [])).toEqual([29_001, 4002])
  })

  it('shows the code round a finding, and counts them', async () => {
    const file = await write('bad.yml', unknownResource)
    const { code, out } = await line.run('check', file)
    expect(code).toBe(3)
    expect(out).toContain(`${file}:6:5: error[unknown-resource]: jobs.test.plan[1].put(nowhere): `)
    expect(out).toContain('  6 |   - put: nowhere\n    |     ^\n')
    expect(out).toMatch(/\n\n1 error in 1 file\ncauseway rules unknown-resource says more\n$/)
  })

  it('shows what the reader finds as it shows what rules find', async () => {
    const file = await write('bad.yml', `${good}  - gte: x\n`)
    const { code, out } = await line.run('check', file)
    expect(code).toBe(3)
    expect(out).toMatch(/:6:\d+: error\[[a-z-]+\]: jobs\.test\.plan\[1\]/)
    expect(out).toContain('  6 |   - gte: x\n')
  })

  it('ends well where there are but warnings', async () => {
    const file = await write('odd.yml', good.replace('name: test', 'name: Test'))
    const { code, findings } = await findingsOf(file)
    expect(code).toBe(0)
    expect(findings.map(({ severity }) => severity)).toEqual(['warning'])
  })

  it('reads standard input as -', async () => {
    line.stdin = unknownResource
    const { code, findings } = await findingsOf('-')
    expect(code).toBe(3)
    expect(findings).toMatchObject([{ code: 'unknown-resource', file: '-', line: 6 }])
    expect((await line.run('check', '-')).out).toContain('  6 |   - put: nowhere\n')
  })

  it('tells all of several files, in the order in which they are named', async () => {
    const files = [
      await write('z.yml', unknownResource),
      await write('latin.yml', Buffer.from('jobs: caf\xe9\n', 'latin1')),
      await write('binary.yml', 'a\0'),
      await write('empty.yml', ''),
      await write('good.yml', good),
      await write('a.yml', unknownResource)
    ]
    const { code, findings, err } = await findingsOf(...files)
    expect(code).toBe(3)
    expect(err).toBe('')
    expect(findings.map(finding => [finding.file?.slice(line.folder.length + 1), finding.code])).toEqual([
      ['z.yml', 'unknown-resource'],
      ['latin.yml', 'invalid-utf8'],
      ['binary.yml', 'binary-file'],
      ['empty.yml', 'empty-file'],
      ['a.yml', 'unknown-resource']
    ])
  })

  it('tells every file that it can not read, and checks the others', async () => {
    await mkdir(join(line.folder, 'ci'))
    const bad = await write('bad.yml', unknownResource)
    const { code, findings, err } = await findingsOf(
      join(line.folder, 'none.yml'),
      bad,
      join(line.folder, 'ci')
    )
    expect(code).toBe(2)
    expect(findings.map(finding => finding.code)).toEqual(['unknown-resource'])
    expect(err.match(/^error: .*(none\.yml|ci): /gm)).toHaveLength(2)
    expect(err.match(/^hint: /gm)).toHaveLength(2)
  })

  it('takes a task file for what it is', async () => {
    const task = await write('unit.yml', 'platform: linux\ninptus: [{name: a}]\nrun: {path: x}\n')
    const odd = await write('odd.yml', `platform: linux\n${good}`)
    const { findings } = await findingsOf(task, odd)
    expect(findings).toMatchObject([
      { file: task, line: 2, code: 'unknown-key', hint: 'write inputs' },
      { file: odd, line: 1, code: 'unknown-key', message: expect.stringContaining('a pipeline') as string }
    ])
  })

  it('checks a file once that is named twice', async () => {
    const file = await write('bad.yml', unknownResource)
    expect((await findingsOf(file, file)).findings).toHaveLength(1)
  })

  it.each([
    ['json', '{"findings":[]}\n'],
    ['github', 'no findings\n'],
    ['text', '']
  ])('has data as %s where there is nothing to find', async (format, data) => {
    const file = await write('good.yml', good)
    expect(await line.run('check', file, '--format', format)).toEqual({
      code: 0,
      out: data,
      err: 'no findings\n'
    })
  })

  it('annotates a workflow', async () => {
    const file = await write('bad.yml', unknownResource)
    const { code, out } = await line.run('check', file, '--format', 'github')
    expect(code).toBe(3)
    expect(out).toMatch(/^::error file=.*bad\.yml,line=6,col=5,title=unknown-resource::jobs\.test/)
    expect(out).toMatch(/\n1 error in 1 file\n$/)
  })

  it('writes SARIF with our version', async () => {
    const file = await write('bad.yml', unknownResource)
    const { code, out } = await line.run('check', file, '--format', 'sarif')
    expect(code).toBe(3)
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
              // A rule that found nothing is listed too.
              rules: expect.arrayContaining([expect.objectContaining({ id: 'unused-resource' })]) as unknown
            }
          },
          results: [{ ruleId: 'unknown-resource' }]
        }
      ]
    })
  })

  it('shows no secret of a file', async () => {
    const source = 'resources:\n- name: repo\n  type: git\n  source: {password: hunter2}\n  typo: 1\n'
    const file = await write('bad.yml', source + good)
    const { code, out } = await line.run('check', file)
    expect(code).toBe(3)
    expect(out).not.toContain('hunter2')
    expect(out).toMatch(/ 4 \| {3}source: .*\(\(redacted\)\)/)
  })
})

describe('causeway emit', () => {
  it('shows what is wrong with a record as check does: in text as an error, else as data', async () => {
    const records = join(line.folder, 'env')
    await mkdir(join(records, 'versions'), { recursive: true })
    await writeFile(join(records, 'lab.yml'), 'name: lab\niaas: labb\n')
    line.env['CAUSEWAY_RECORDS'] = records
    const text = await line.run('emit')
    expect(text).toMatchObject({ code: 3, out: '' })
    expect(text.err).toMatch(
      /lab\.yml:2:7: error\[[a-z-]+\]: iaas: .*\n {2}1 \| name: lab\n {2}2 \| iaas: labb\n/
    )
    expect((await line.run('check')).out).toContain(text.err.slice(0, text.err.indexOf('\n\n')))
    const json = await line.run('emit', '--format', 'json')
    expect(json).toMatchObject({ code: 3, err: '' })
    expect(JSON.parse(json.out)).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ path: 'iaas' })]) as unknown
    })
    expect((await line.run('emit', '--format', 'github')).out).toContain('::error file=')
  })

  it('writes findings as data although there are none, and what it wrote as progress', async () => {
    const { code, out, err } = await line.run('emit', '--env', 'lab', '--format', 'github')
    expect(code).toBe(0)
    expect(out).toBe('no findings\n')
    expect(err).toContain('pipelines/lab/repave.yml')
  })
})
