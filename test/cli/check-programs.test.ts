import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { AuthorFolder, placesOf } from './author-folder.ts'

let author: AuthorFolder

beforeEach(async () => {
  author = await AuthorFolder.open()
})

/** A pipeline that is right, but for what it is given beside. */
const program = (
  plan: string,
  head = '',
  jobOptions = ''
) => `import { get, git, inOrder, job, pipeline, put, resourceNamed, task } from 'causeway'
${head}
const repo = git('repo', { uri: 'https://git.example.com/repo.git' })
export default pipeline('p', {
  jobs: [
    job('unit', [
      get(repo),
${plan}
    ]${jobOptions})
  ]
})
`

describe('a finding in a program', () => {
  it('is told at the call, be it in the program, in a function of it, in a file that it imports, or in a loop', async () => {
    await author.write('here.ts', program(`      task('lint', { file: 'rep/lint.yml' })`))
    await author.write(
      'helper.ts',
      program(
        `      lint('a')`,
        `const lint = (name: string) =>\n  /* of our own */ task(name, { file: 'rep/lint.yml' })`
      )
    )
    await author.write('imported.ts', program(`      unit('a')`, `import { unit } from './lib/steps.ts'`))
    await author.write(
      'lib/steps.ts',
      `import { task } from 'causeway'\n\nexport const unit = (name: string) => task(name, { file: 'rep/unit.yml' })\n`
    )
    await author.write(
      'loop.ts',
      program(`      ...['a', 'b'].map(name =>\n        get(resourceNamed(name))\n      )`)
    )
    const { code, findings, err } = await author.check('here.ts', 'helper.ts', 'imported.ts', 'loop.ts')
    expect(err).toBe('')
    expect(code).toBe(3)
    expect(placesOf(findings)).toEqual([
      'here.ts:8:7 missing-artifact',
      'helper.ts:3:20 missing-artifact',
      'lib/steps.ts:3:39 missing-artifact',
      'loop.ts:9:9 unknown-resource',
      'loop.ts:9:9 unknown-resource'
    ])
    expect(findings.slice(-2).map(({ path }) => path)).toEqual([
      'jobs.unit.plan[1].get(a)',
      'jobs.unit.plan[2].get(b)'
    ])
  })

  it('is told at the job, the resource or the type that it is about', async () => {
    await author.write(
      'parts.ts',
      `import { git, job, pipeline, resource, resourceType } from 'causeway'
const idle =
  git('idle', { uri: 'https://git.example.com/idle.git' })
const a = resourceType('twice', 'registry-image', { repository: 'a' })
const b =
  resourceType('twice', 'registry-image', { repository: 'b' })
const Upper =
  job('Upper', [])
export default pipeline('p', { resources: [idle], resourceTypes: [a, b], jobs: [Upper] })
`
    )
    const { findings } = await author.check('parts.ts')
    expect(placesOf(findings)).toEqual(
      expect.arrayContaining([
        'parts.ts:3:3 unused-resource',
        'parts.ts:8:3 invalid-identifier',
        'parts.ts:6:3 duplicate-name'
      ])
    )
  })

  it('shows the code round it, and the page that says more', async () => {
    await author.write('here.ts', program(`      task('lint', { file: 'rep/lint.yml' })`))
    const { code, out } = await author.run('check', 'here.ts')
    expect(code).toBe(3)
    expect(out).toContain(`  8 |       task('lint', { file: 'rep/lint.yml' })\n    |       ^\n`)
    expect(out).toMatch(/\n1 error in 1 file\ncauseway rules missing-artifact says more\n$/)
  })

  it('tells of what the target does not know, and of what no YAML can hold', async () => {
    await author.write('target.ts', program('', '', ', { disableReruns: true }'))
    expect((await author.check('target.ts')).findings).toEqual([])
    const { code, findings } = await author.check('target.ts', '--target', '7.4')
    expect(code).toBe(3)
    expect(placesOf(findings)).toEqual(['target.ts:6:5 not-in-target'])
    await author.write(
      'text.ts',
      program(`      task('a', { file: 'repo/a.yml', params: { A: '\\ud800' } })`)
    )
    expect(placesOf((await author.check('text.ts')).findings)).toEqual(['text.ts:8:7 unkept-text'])
  })

  it('is told with all others, in the order in which the files are named', async () => {
    await author.write('throws.ts', `throw new Error('no')\n`)
    await author.write('here.ts', program(`      task('lint', { file: 'rep/lint.yml' })`))
    await author.write('bad.yml', 'jobs: [{name: a, plan: [{get: none}]}]\n')
    const { code, findings, err } = await author.check('throws.ts', 'bad.yml', 'here.ts', 'nowhere.ts')
    expect(code).toBe(2)
    expect(err).toMatch(/^error: nowhere\.ts: found no such file/)
    expect(placesOf(findings)).toEqual([
      'throws.ts:1:7 program',
      'bad.yml:1:26 unknown-resource',
      'here.ts:8:7 missing-artifact'
    ])
  })
})

describe('allow', () => {
  it('holds for the part that says it, and is told where nothing is found there', async () => {
    const allow = `allow: { 'missing-artifact': 'the platform brings it' }`
    await author.write('step.ts', program(`      task('a', { file: 'rep/a.yml', ${allow} })`))
    await author.write(
      'modified.ts',
      program(`      task('a', { file: 'rep/a.yml', attempts: 2, timeout: '1h', ${allow} })`)
    )
    await author.write(
      'get.ts',
      program(`      get(repo, { passed: [], allow: { 'repeated-get': 'as it is' } })`)
    )
    await author.write(
      'put.ts',
      program(`      put(repo, { inputs: ['none'], params: { repository: 'none' }, ${allow} })`)
    )
    await author.write('unused.ts', program(`      task('a', { file: 'repo/a.yml',\n        ${allow} })`))
    const upper = `const upper = job('Upper', [get(repo)], { allow: { 'invalid-identifier': 'its builds stay' } })`
    await author.write(
      'job.ts',
      program('').replace('export', `${upper}\nexport`).replace('jobs: [', 'jobs: [upper,')
    )
    const idle = `git('idle', { uri: 'https://git.example.com/i.git' }, { allow: { 'unused-resource': 'history' } })`
    await author.write('resource.ts', program('').replace('jobs: [', `resources: [${idle}],\n  jobs: [`))
    const files = ['step.ts', 'modified.ts', 'get.ts', 'put.ts', 'job.ts', 'resource.ts', 'unused.ts']
    const { code, findings } = await author.check(...files)
    expect(placesOf(findings)).toEqual(['unused.ts:8:7 suppression'])
    expect(code).toBe(0)
  })

  it('of a step or a job does not hold for the steps within', async () => {
    const allow = `{ allow: { 'missing-artifact': 'of no matter' } }`
    await author.write('inner.ts', program(`      inOrder([task('a', { file: 'rep/a.yml' })], ${allow})`))
    await author.write('job.ts', program(`      task('a', { file: 'rep/a.yml' })`, '', `, ${allow}`))
    const { findings } = await author.check('inner.ts', 'job.ts')
    expect(placesOf(findings)).toEqual([
      'inner.ts:8:7 suppression',
      'inner.ts:8:16 missing-artifact',
      'job.ts:6:5 suppression',
      'job.ts:8:7 missing-artifact'
    ])
  })

  it('without a reason, or of a code that no rule has, is told', async () => {
    await author.write(
      'reasons.ts',
      program(
        `      task('a', { file: 'rep/a.yml', allow: { 'missing-artifact': ' ', 'missing-artefact': 'x' } })`
      )
    )
    const { code, findings } = await author.check('reasons.ts')
    expect(code).toBe(0)
    expect(findings.map(({ code, hint }) => [code, hint])).toEqual([
      ['suppression', 'say why: allow … because …'],
      ['suppression', 'write missing-artifact']
    ])
  })
})

describe('a program', () => {
  it('that gives no pipeline says what it gives, and where it threw', async () => {
    await author.write(
      'throws.ts',
      `function deep(): never {\n  throw new Error('too late')\n}\nexport default () =>\n  deep()\n`
    )
    await author.write('rejects.ts', `export default (async () => {\n  throw new Error('later')\n})()\n`)
    await author.write('none.ts', 'export const pipeline = 1\n')
    await author.write('nothing.ts', 'export default () => undefined\n')
    await author.write('other.ts', `export default { name: 'p', pipeline: 5 }\n`)
    await author.write('syntax.ts', 'const a = 1\nconst = 2\n')
    await author.write('import.ts', `import { a } from './nowhere.ts'\nexport default a\n`)
    const files = ['throws.ts', 'rejects.ts', 'none.ts', 'nothing.ts', 'other.ts', 'syntax.ts', 'import.ts']
    const { code, findings, err } = await author.check(...files)
    expect(err).toBe('')
    expect(code).toBe(3)
    expect(placesOf(findings)).toEqual([
      'throws.ts:2:9 program',
      'rejects.ts:2:9 program',
      'none.ts program',
      'nothing.ts program',
      'other.ts program',
      'syntax.ts:2:7 program',
      'import.ts:1:19 program'
    ])
    expect(findings.map(({ message }) => message.replace(/, expected.*/, ''))).toEqual([
      'the program threw: too late',
      'the program threw: later',
      'found no default export',
      'found a function as the default export that gives nothing',
      'found a default export that is no pipeline',
      expect.stringContaining('Expected identifier'),
      expect.stringContaining('Could not resolve')
    ])
  })

  it('that uses a constructor wrongly is told at its own call, not within the constructor', async () => {
    await author.write(
      'wrong.ts',
      `import { Duration, get, git, job, pipeline } from 'causeway'
const repo = git('repo', { uri: 'https://git.example.com/repo.git' })
export default pipeline('p', {
  jobs: [job('a', [get(repo, { timeout: Duration.minutes(-1) })])]
})
`
    )
    const { findings } = await author.check('wrong.ts')
    expect(placesOf(findings)).toEqual(['wrong.ts:4:50 program'])
  })

  it('may be a promise, a function, or a function that promises', async () => {
    const make = program('').replace('export default', 'const made =')
    await author.write('promise.ts', `${make}export default Promise.resolve(made)\n`)
    await author.write('function.ts', `${make}export default () => made\n`)
    await author.write('async.ts', `${make}export default async () => made\n`)
    const { code, findings } = await author.check('promise.ts', 'function.ts', 'async.ts')
    expect(findings).toEqual([])
    expect(code).toBe(0)
  })

  it('logs to standard error, and knows the folder in which it lies', async () => {
    await author.write('scripts/unit.sh', 'echo of the script\n')
    await author.write(
      'p.ts',
      program(
        `      task('a', { config: { platform: 'linux', run: { path: 'sh', args: ['-c', script] } } })`,
        `import { readFileSync } from 'node:fs'
const script = readFileSync(new URL('./scripts/unit.sh', import.meta.url), 'utf8')
console.log('building', import.meta.dirname)`
      )
    )
    const { code, out, err } = await author.run('emit', 'p.ts')
    expect(code).toBe(0)
    expect(out).toMatch(/^# Generated by causeway from p\.ts/)
    expect(out).toContain('echo of the script')
    expect(err).toContain(`building ${author.path}`)
  })

  it('is built again when a file of it changed, and only then', async () => {
    const modules = join(author.path, '.state', 'cache', 'modules')
    await author.write('p.ts', program(`      task('a', { file })`, `import { file } from './file.ts'`))
    await author.write('file.ts', `export const file = 'repo/a.yml'\n`)
    expect((await author.check('p.ts')).code).toBe(0)
    const first = (await readdir(modules)).sort()
    expect((await author.check('p.ts')).code).toBe(0)
    expect((await readdir(modules)).sort()).toEqual(first)
    await author.write('file.ts', `export const file = 'rep/other.yml'\n`)
    const { findings } = await author.check('p.ts')
    expect(placesOf(findings)).toEqual(['p.ts:8:7 missing-artifact'])
    // What was built before is gone.
    const second = await readdir(modules)
    expect(second).toHaveLength(first.length)
    expect(second.sort()).not.toEqual(first)
  })

  it('is built again when a tsconfig.json comes that changes what it imports', async () => {
    await author.write('p.ts', program(`      task('a', { file })`, `import { file } from 'files/a'`))
    await author.write('node_modules/files/a.js', `export const file = 'repo/a.yml'\n`)
    await author.write('lib/a.ts', `export const file = 'rep/a.yml'\n`)
    expect((await author.check('p.ts')).findings).toEqual([])
    await author.write('tsconfig.json', '{"compilerOptions": {"paths": {"files/*": ["./lib/*"]}}}\n')
    expect(placesOf((await author.check('p.ts')).findings)).toEqual(['p.ts:8:7 missing-artifact'])
  })
})
