import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { AuthorFolder, placesOf } from './author-folder.ts'
import { CommandLine } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

/** Warns of a resource that nothing uses and of a capital. */
const twoWarnings = `resources:
- {name: idle, type: git, source: {uri: u}}
jobs:
- name: Unit
  plan:
  - task: unit
    config: {platform: linux, run: {path: "true"}}
`

async function write(name: string, text: string): Promise<string> {
  const path = join(line.folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return path
}

async function check(
  ...args: readonly string[]
): Promise<{ code: number; findings: Finding[]; err: string }> {
  const { code, out, err } = await line.run('check', ...args, '--format', 'json')
  const { findings } = out === '' ? { findings: [] } : (JSON.parse(out) as { findings: Finding[] })
  return { code, err, findings }
}

const shown = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, code, line: at }) => `${at} ${severity} ${code}`)

describe('levels', () => {
  it('count findings as a flag says, or leave them out', async () => {
    const file = await write('p.yml', twoWarnings)
    const { code, findings } = await check(
      file,
      '--level',
      'unused-resource=error',
      '--level',
      'invalid-identifier=off'
    )
    expect(code).toBe(3)
    expect(shown(findings)).toEqual(['2 error unused-resource'])
  })

  it('of the settings hold where no flag says otherwise, and may be written as YAML 1.1 has them', async () => {
    const file = await write('p.yml', twoWarnings)
    const config = await write('c.yml', 'levels:\n  unused-resource: off\n  invalid-identifier: error\n')
    expect(shown((await check(file, '--config', config)).findings)).toEqual(['4 error invalid-identifier'])
    const { code, findings } = await check(file, '--config', config, '--level', 'invalid-identifier=warning')
    expect(code).toBe(0)
    expect(shown(findings)).toEqual(['4 warning invalid-identifier'])
  })

  it('count what is wrong with an allowance too', async () => {
    const file = await write('p.yml', twoWarnings.replace('plan:', 'plan: # causeway: allow unknown-job'))
    const found = await check(file, '--level', 'suppression=error')
    expect(shown(found.findings)).toContain('5 error suppression')
    expect(shown((await check(file, '--level', 'suppression=off')).findings)).not.toContain('suppression')
  })

  it('never hide that nothing was looked at', async () => {
    const file = await write('p.yml', 'jobs: # causeway: allow wrong-type because we can\n  5\n')
    const { code, findings } = await check(file, '--level', 'wrong-type=off')
    expect(code).toBe(3)
    expect(shown(findings)).toEqual(['2 error wrong-type'])
  })

  it.each([
    [
      'unused-resorce=off',
      /found "unused-resorce", expected the code of a rule\nhint: write unused-resource\n/
    ],
    ['x=off', /found "x", expected the code of a rule\nhint: run causeway rules/],
    ['unused-resource=of', /--level unused-resource: found "of", expected error, warning, off\n/],
    ['unused-resource', /--level: found "unused-resource", expected NAME=VALUE\n/]
  ])('%s is wrong use', async (level, message) => {
    const { code, err } = await check(await write('p.yml', twoWarnings), '--level', level)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

describe('the target', () => {
  const newer = 'jobs:\n- {name: unit, disable_reruns: true, plan: [{load_var: a, file: a/b}]}\n'

  it('is that of the flag, else that of the settings, else the newest', async () => {
    const file = await write('p.yml', newer)
    const config = await write('c.yml', 'target: 7.10\n')
    const codes = async (...flags: readonly string[]): Promise<boolean> =>
      (await check(file, ...flags)).findings.some(({ code }) => code === 'not-in-target')
    expect(await codes()).toBe(false)
    expect(await codes('--target', '7.4')).toBe(true)
    expect(await codes('--config', config)).toBe(true)
    expect(await codes('--config', config, '--target', 'v8.3.0')).toBe(false)
  })

  it('that nobody knows is wrong use as a flag, and a finding in the settings', async () => {
    const file = await write('p.yml', newer)
    expect(await check(file, '--target', '9.0')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: target: found "9\.0", expected a release of Concourse/) as string
    })
    const config = await write('c.yml', '# ours\ntarget: 4.2\n')
    const { code, findings } = await check(file, '--config', config)
    expect(code).toBe(3)
    expect(findings).toMatchObject([{ code: 'settings', file: config, line: 2, path: 'target' }])
  })
})

describe('the settings', () => {
  it('are told with all that is wrong in them, each at its line, before anything is checked', async () => {
    const file = await write('p.yml', twoWarnings)
    const config = await write(
      'ci/c.yml',
      `levls: {}
levels:
  unused-resorce: off
  invalid-identifier: loud
rules: [none.ts]
artifacts: {repo: ../nowhere}
`
    )
    const { code, findings } = await check(file, '--config', config)
    expect(code).toBe(3)
    expect(findings.map(({ code, line: at }) => `${at} ${code}`)).toEqual(['1 unknown-key', '4 wrong-type'])
    const readable = await write(
      'ci/d.yml',
      `levls: {}
levels:
  unused-resorce: off
rules: [none.ts]
artifacts: {repo: ../nowhere}
`
    )
    const more = await check(file, '--config', readable)
    expect(more.findings.map(({ code, line: at, path }) => `${at} ${code} ${path}`)).toEqual([
      '1 unknown-key levls',
      '4 settings rules[0]',
      '5 settings artifacts.repo'
    ])
    const last = await check(file, '--config', await write('ci/e.yml', 'levels:\n  unused-resorce: off\n'))
    expect(last.findings).toMatchObject([
      { code: 'settings', line: 2, path: 'levels.unused-resorce', hint: 'write unused-resource' }
    ])
  })

  it('that are not there, or no text, are told', async () => {
    const file = await write('p.yml', twoWarnings)
    expect(await check(file, '--config', join(line.folder, 'none.yml'))).toMatchObject({ code: 2 })
    const config = await write('c.yml', 'a\0')
    expect(await check(file, '--config', config)).toMatchObject({
      code: 3,
      findings: [{ code: 'binary-file', file: config }]
    })
  })

  it('of the working directory are taken without being named, paths in them from where they lie', async () => {
    const author = await AuthorFolder.open({
      'causeway-check.yml': 'levels: {unused-resource: off}\nartifacts: {ci: ci-repo}\n',
      'ci-repo/tasks/unit.yml': 'platform: linux\ninputs: [{name: source}]\nrun: {path: "true"}\n',
      'p.yml': `resources:
- {name: ci, type: git, source: {uri: u}}
- {name: idle, type: git, source: {uri: u}}
jobs:
- {name: unit, plan: [{get: ci}, {task: unit, file: ci/tasks/unit.yml}]}
`
    })
    expect(placesOf((await author.check('p.yml')).findings)).toEqual(['p.yml:5:35 missing-artifact'])
  })
})

describe('task files of an artifact', () => {
  const usesTask = (file: string) => `resources:
- {name: ci, type: git, source: {uri: u}}
jobs:
- name: unit
  plan:
  - get: ci
  - task: unit
    file: ci/${file}
  - put: ci
    inputs: [built]
    params: {repository: built}
`

  it('say what a task takes and leaves', async () => {
    const file = await write('p.yml', usesTask('unit.yml'))
    const folder = dirname(
      await write('ci/unit.yml', 'platform: linux\noutputs: [{name: out}]\nrun: {path: x}\n')
    )
    expect((await check(file)).findings).toEqual([])
    const { findings } = await check(file, '--artifact', `ci=${folder}`)
    expect(shown(findings)).toEqual(['10 error missing-artifact'])
    await write('ci/unit.yml', 'platform: linux\noutputs: [{name: built}]\nrun: {path: x}\n')
    expect((await check(file, '-a', `ci=${folder}`)).findings).toEqual([])
  })

  it('are told of at their own lines, once, under levels and allowances as pipelines are', async () => {
    const file = await write('p.yml', usesTask('unit.yml'))
    const other = await write('q.yml', usesTask('./unit.yml'))
    const task = await write(
      'ci/unit.yml',
      `platform: linux
outputs: [{name: built}]
inptus: []
run: {path: x, argss: []} # causeway: allow unknown-key because it is of no matter
`
    )
    const { code, findings } = await check(file, other, '-a', `ci=${dirname(task)}`)
    expect(code).toBe(3)
    expect(findings).toMatchObject([
      { code: 'unknown-key', severity: 'error', file: task, line: 3, doc: 'docs/rules/unknown-key.md' }
    ])
    const mild = await check(file, '-a', `ci=${dirname(task)}`, '--level', 'unknown-key=warning')
    expect(shown(mild.findings)).toEqual(['3 warning unknown-key'])
  })

  it('are silent where they are not there, are no file, or lie outside of the artifact', async () => {
    await write('secret.yml', 'password: hunter2\n')
    await write('ci/folder/x', '')
    const folder = join(line.folder, 'ci')
    for (const path of ['none.yml', 'folder', '../secret.yml', 'folder/../../secret.yml']) {
      const file = await write('p.yml', usesTask(path))
      expect((await check(file, '-a', `ci=${folder}`)).findings, path).toEqual([])
    }
  })

  it('that are no text or no YAML are told', async () => {
    const file = await write('p.yml', usesTask('unit.yml'))
    const task = await write('ci/unit.yml', 'platform: [\n')
    const found = await check(file, '-a', `ci=${dirname(task)}`)
    expect(found.findings).toMatchObject([{ code: 'yaml-syntax', file: task }])
    await write('ci/unit.yml', 'a\0')
    expect((await check(file, '-a', `ci=${dirname(task)}`)).findings).toMatchObject([
      { code: 'binary-file', file: task, line: 1 }
    ])
  })

  it.each(['ci', '=x', 'ci=/nowhere/at/all'])('--artifact %s is wrong use', async artifact => {
    const file = await write('p.yml', usesTask('unit.yml'))
    const { code, err } = await check(file, '--artifact', artifact)
    expect(code).toBe(2)
    expect(err).toMatch(/^error: --artifact/)
  })
})
