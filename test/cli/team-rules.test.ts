import { beforeEach, describe, expect, it } from 'vitest'
import { AuthorFolder, placesOf } from './author-folder.ts'

let author: AuthorFolder

beforeEach(async () => {
  author = await AuthorFolder.open({
    'p.yml': `jobs:
- name: unit
  plan:
  - get: none
  - in_parallel: [{task: a, file: none/a.yml, timeout: 1h}, {put: other}]
`
  })
})

const rule = (more: string, code = 'acme') =>
  `export default { code: '${code}', summary: 'S.', level: 'warning', ${more} }\n`

describe('a rule of a team', () => {
  it('is asked for the pipeline, each job and each step, and imports what it likes', async () => {
    await author.write('words.ts', `export const word = (text: string): string => 'found ' + text\n`)
    await author.write(
      'all.ts',
      `import type { Rule } from 'causeway'
import { word } from './words.ts'

const rule: Rule = {
  code: 'acme',
  summary: 'S.',
  level: 'warning',
  pipeline: ({ pipeline }, report) => report('jobs', word(String(pipeline.jobs.length))),
  job: ({ job, path }, report) => report(path, word(job.name)),
  step: {
    put: ({ step, path }, report, { steps }) => report(path, word(step.name + steps.length), { severity: 'error' })
  }
}
export default [rule]
`
    )
    const { code, findings } = await author.check(
      'p.yml',
      '--rules',
      'all.ts',
      '--level',
      'unknown-resource=off'
    )
    expect(code).toBe(3)
    expect(findings.map(({ line, severity, message }) => `${line} ${severity} ${message}`)).toEqual([
      '1 warning found 1',
      '2 warning found unit',
      '5 error found other4'
    ])
    expect(findings.every(({ doc }) => doc === undefined)).toBe(true)
  })

  it('counts as the settings say, may be off until then, and is allowed as ours are', async () => {
    await author.write(
      'job.ts',
      rule(`job: ({ path }, report) => report(path, 'found')`).replace('warning', 'off')
    )
    const flags = ['--rules', 'job.ts', '--level', 'unknown-resource=off'] as const
    expect((await author.check('p.yml', ...flags)).findings).toEqual([])
    const on = await author.check('p.yml', ...flags, '--level', 'acme=error')
    expect(placesOf(on.findings)).toEqual(['p.yml:2:3 acme'])
    await author.write(
      'p.yml',
      'jobs:\n- name: unit # causeway: allow acme because so\n  plan: [{load_var: a, file: b/c}]\n'
    )
    const allowed = await author.check('p.yml', ...flags, '--level', 'acme=error')
    expect(placesOf(allowed.findings)).toEqual(['p.yml:3:11 unused-local-var', 'p.yml:3:24 missing-artifact'])
    const sarif = await author.run('check', 'p.yml', ...flags, '--format', 'sarif')
    expect(sarif.out).toContain('"id": "acme"')
  })

  it('looks at programs, at their calls', async () => {
    await author.write('job.ts', rule(`job: ({ path }, report) => report(path, 'found')`))
    await author.write(
      'p.ts',
      `import { get, git, job, pipeline } from 'causeway'
const repo = git('repo', { uri: 'u' })
export default pipeline('p', {
  jobs: [job('unit', [get(repo)])]
})
`
    )
    expect(placesOf((await author.check('p.ts', '--rules', 'job.ts')).findings)).toEqual(['p.ts:4:10 acme'])
  })

  it('that throws is told once, at its line, and hides nothing that others find', async () => {
    await author.write(
      'throws.ts',
      rule(`
  step: { get(): void { throw new Error('oh') }, put(): void { throw new Error('oh') } }`)
    )
    const { code, findings, err } = await author.check('p.yml', 'p.yml', '--rules', 'throws.ts')
    expect(err).toBe('')
    expect(code).toBe(3)
    expect(placesOf(findings)).toEqual(
      expect.arrayContaining(['throws.ts:2:31 settings', 'p.yml:4:5 unknown-resource'])
    )
    expect(findings.filter(({ code }) => code === 'settings')).toMatchObject([
      { path: 'rule acme', message: 'the program threw: oh' }
    ])
  })

  it('that is none is told, with all others that are none', async () => {
    await author.write('none.ts', 'export const rule = 1\n')
    await author.write('code.ts', rule('job() {}', 'No Latest'))
    await author.write('ours.ts', rule('job() {}', 'unknown-job'))
    await author.write('kind.ts', rule('step: { tsk() {} }'))
    await author.write('looks.ts', rule('step: {}'))
    await author.write('syntax.ts', 'export default {\n')
    await author.write('throws.ts', `throw new Error('at once')\n`)
    const files = ['none.ts', 'code.ts', 'ours.ts', 'kind.ts', 'looks.ts', 'syntax.ts', 'throws.ts']
    const { code, findings } = await author.check('p.yml', ...files.flatMap(file => ['--rules', file]))
    expect(code).toBe(3)
    expect(
      findings.map(({ file, code, message }) => `${file} ${code} ${message.replace(/, expected.*/, '')}`)
    ).toEqual([
      'none.ts settings found a default export that is no rule',
      'code.ts settings found the code "No Latest"',
      'ours.ts settings found a second rule unknown-job',
      'kind.ts settings rule acme: found step.tsk',
      'looks.ts settings found a default export that is no rule',
      expect.stringMatching(/^syntax\.ts program /),
      'throws.ts program the program threw: at once'
    ])
    expect(await author.check('p.yml', '--rules', 'nowhere.ts')).toMatchObject({ code: 2 })
  })
})
