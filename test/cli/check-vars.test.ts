import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { CommandLine } from './command-line.ts'

let line: CommandLine
let file = ''

beforeEach(async () => {
  line = await CommandLine.open()
})

const pipeline = (uri: string, trigger: string) => `resources:
- {name: repo, type: git, source: {uri: "${uri}"}}
jobs:
- name: unit
  plan:
  - {get: repo, trigger: ${trigger}}
`

async function write(name: string, text: string): Promise<string> {
  const path = join(line.folder, name)
  await writeFile(path, text)
  return path
}

/** `line:column code message` of each error; no warning is about a var. */
async function errorsWith(...flags: readonly string[]): Promise<string[]> {
  const { out, err } = await line.run('check', file, ...flags, '--format', 'json')
  if (out === '') return [err]
  const { findings } = JSON.parse(out) as { findings: Finding[] }
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ line: at, column, code, message }) => `${at}:${column} ${code} ${message}`)
}

describe('a var that has to be a boolean', () => {
  beforeEach(async () => {
    file = await write('p.yml', pipeline('https://git.example.com/repo.git', '((trigger))'))
  })

  it('is told where nothing fills it, and where fly would fill it with a text', async () => {
    expect(await errorsWith()).toEqual([expect.stringMatching(/^6:26 unresolved-var /)])
    expect(await errorsWith('-v', 'trigger=true')).toEqual([expect.stringMatching(/^6:26 wrong-type /)])
  })

  it('is filled by a value in YAML, from a flag or a file, of which the flag wins', async () => {
    const yes = await write('yes.yml', 'trigger: true\n')
    const no = await write('no.yml', 'trigger: never\n')
    expect(await errorsWith('-y', 'trigger=true')).toEqual([])
    expect(await errorsWith('-l', yes)).toEqual([])
    expect(await errorsWith('-l', yes, '-l', no)).toEqual([expect.stringContaining('wrong-type')])
    expect(await errorsWith('-l', no, '-l', yes)).toEqual([])
    expect(await errorsWith('-l', no, '-y', 'trigger=yes')).toEqual([])
  })
})

describe('a var where Concourse resolves none', () => {
  beforeEach(async () => {
    const text = pipeline('https://git.example.com/repo.git', 'true')
    file = await write('p.yml', `${text}  - {put: repo, tags: [((a)), ((b)), ((b))]}\n`)
  })

  async function varsTold(...flags: readonly string[]): Promise<string[]> {
    const { out } = await line.run('check', file, ...flags, '--format', 'json')
    const { findings } = JSON.parse(out) as { findings: Finding[] }
    return findings.flatMap(({ code, path }) => (code === 'var-not-resolved' ? path : []))
  }

  it('is taken to get its value later where no var has one', async () => {
    expect(await varsTold()).toEqual([])
  })

  it('is told once where other vars have values', async () => {
    const tags = 'jobs.unit.plan[1].put(repo).tags'
    expect(await varsTold('-v', 'a=x')).toEqual([`${tags}[1]`])
    expect(await varsTold('-l', await write('none.yml', '{}\n'))).toEqual([`${tags}[0]`, `${tags}[1]`])
    expect(await varsTold('-v', 'a=x', '-y', 'b=y')).toEqual([])
  })
})

describe('a var with fields', () => {
  beforeEach(async () => {
    file = await write('p.yml', pipeline('https://((git.host))/((git.path)).git', '((git.trigger))'))
  })

  it('is filled field by field, by flags that add up', async () => {
    expect(
      await errorsWith('-v', 'git.host=example.com', '-v', 'git.path=a', '-y', 'git.trigger=true')
    ).toEqual([])
    expect(await errorsWith('-y', 'git={host: example.com, path: 5, trigger: false}')).toEqual([])
    expect(
      await errorsWith('-l', await write('git.yml', 'git: {host: h, path: p, trigger: true}\n'))
    ).toEqual([])
  })

  it('is told where its value lacks the field, as fly refuses it, though a file has it', async () => {
    const vars = await write('git.yml', 'git: {host: h, path: p, trigger: true}\n')
    expect(await errorsWith('-l', vars, '-v', 'git.host=example.com')).toEqual([
      expect.stringMatching(/^2:41 var-value \(\(git\.path\)\): found a value of git without the field path/),
      expect.stringMatching(/^6:26 unresolved-var /),
      expect.stringMatching(/^6:26 var-value \(\(git\.trigger\)\)/)
    ])
  })

  it('is told where its value can not stand within a text', async () => {
    expect(await errorsWith('-y', 'git={host: [a, b], path: true, trigger: true}')).toEqual([
      expect.stringMatching(/^2:41 var-value \(\(git\.host\)\): found a list within a text/)
    ])
  })

  it('may be quoted where its name has a dot, and may be of a var source, which no flag fills', async () => {
    const sources = 'var_sources: [{name: vault, type: dummy, config: {vars: {git: x}}}]\n'
    file = await write('p.yml', sources + pipeline(`((\\"git.host\\".name))((vault:git))`, 'true'))
    expect(await errorsWith('-v', '"git.host".name=x', '-y', 'git=[1]')).toEqual([])
  })
})

it('lists and maps fill whole values', async () => {
  file = await write(
    'p.yml',
    'resources: ((resources))\njobs:\n- name: unit\n  plan: ((plan))\n- name: "((name))"\n  plan: ((plan))\n'
  )
  expect(
    await errorsWith(
      '-y',
      'resources=[{name: repo, type: git, source: {uri: u}}]',
      '-y',
      'plan=[{get: repo}]',
      '-v',
      'name=other'
    )
  ).toEqual([])
  // What a value brings along is told where the var stands.
  expect(await errorsWith('-y', 'resources=[]', '-y', 'plan=[{get: repo}]', '-v', 'name=other')).toEqual([
    expect.stringMatching(/^4:9 unknown-resource /),
    expect.stringMatching(/^6:9 unknown-resource /)
  ])
})

describe('wrong use', () => {
  beforeEach(async () => {
    file = await write('p.yml', pipeline('u', 'true'))
  })

  it.each([
    [['-v', 'trigger'], /^error: --var: found "trigger", expected NAME=VALUE\n/],
    [['-v', '=x'], /^error: --var: found "=x", expected NAME=VALUE\n/],
    [['-v', 'a..b=x'], /^error: --var: found "a\.\.b", expected the name of a var\n/],
    [['-y', 'a.=x'], /^error: --yaml-var: found "a\.", expected the name of a var\n/],
    [['-l', '/nowhere.yml'], /^error: \/nowhere\.yml: found no such file/]
  ])('%j is refused', async (flags, message) => {
    const { code, err } = await line.run('check', file, ...flags)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })

  it('of values that are no YAML is told at their line, in the form that was asked for', async () => {
    const vars = await write('vars.yml', 'a: 1\n- b\n')
    const list = await write('list.yml', '- b\n')
    expect(await errorsWith('-l', vars)).toEqual([expect.stringMatching(/^2:\d+ yaml-syntax /)])
    expect(await errorsWith('-l', list)).toEqual([expect.stringMatching(/^1:1 wrong-type .*expected a map/)])
    const { code, out } = await line.run('check', file, '-y', 'a={b', '--format', 'github')
    expect(code).toBe(3)
    expect(out).toContain('::error file=--yaml-var a,')
  })
})
