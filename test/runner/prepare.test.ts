import { describe, expect, it } from 'vitest'
import type { Job, Resource, Step } from '../../src/concourse/model.ts'
import { FindingsError } from '../../src/core/finding.ts'
import { checkJob } from '../../src/runner/run-job.ts'
import { newFolder, path, pipelineOf, refused, resource, run, sh, task, type RunGiven } from './bench.ts'

const repo = resource('repo', 'git', { uri: '/nowhere.git', branch: 'main' })
const locks = resource('locks', 'pool', { uri: '/nowhere.git', branch: 'main', pool: 'p' })
const image = resource('image', 'registry-image', { repository: 'r', tag: '1' })

/** `<path> <code>` of everything that is refused. */
async function faults(
  job: readonly Step[] | Omit<Job, 'name'>,
  resources: readonly Resource[] = [],
  given: RunGiven = {}
): Promise<readonly string[]> {
  const findings = await refused(job, { ...given, resources })
  return findings.map(({ path, code }) => `${path} ${code}`)
}

it('names the jobs there are when there is none of that name', async () => {
  const error = await run([], { job: 'jbo' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(FindingsError)
  expect((error as FindingsError).findings).toMatchObject([{ code: 'unknown-job', hint: 'name the job job' }])
})

it('says of a job that is not begun yet whether it can be run', async () => {
  const unknown = { kind: 'get', name: 'nowhere' } as const
  await expect(checkJob({ pipeline: pipelineOf([unknown]), job: 'job', path })).rejects.toThrow(FindingsError)
  await expect(
    checkJob({ pipeline: pipelineOf([sh('a', 'true')]), job: 'job', path })
  ).resolves.toBeUndefined()
})

it('finds everything at once, hooks included, before anything runs', async () => {
  const found = await faults(
    {
      plan: [
        sh('first', 'true'),
        { kind: 'get', name: 'nowhere' },
        { kind: 'attempts', attempts: 0, step: sh('a', 'true', { timeout: 'banana' }) },
        { kind: 'timeout', timeout: '1d', step: { kind: 'do', steps: [] } }
      ],
      ensure: { kind: 'put', name: 'locks', params: { realease: 'x' } }
    },
    [locks]
  )
  expect(found).toEqual([
    'jobs.job.plan[1].get(nowhere) unknown-resource',
    'jobs.job.plan[2] attempts',
    'jobs.job.plan[2].task(a).timeout bad-duration',
    'jobs.job.plan[3].timeout bad-duration',
    'jobs.job.ensure.put(locks).params.realease unknown-key',
    'jobs.job.ensure.put(locks).params wrong-value'
  ])
})

describe('resources', () => {
  it('of an unknown type are refused where the job uses them, and only there', async () => {
    const s3 = resource('state', 's3', {})
    expect(await faults([{ kind: 'get', name: 'state' }], [s3])).toEqual([
      'resources.state.type unknown-resource-type'
    ])
    expect((await run([sh('a', 'true')], { resources: [s3] })).outcome).toBe('succeeded')
  })

  it('are checked for keys that are unknown, missing, refused or of the wrong kind', async () => {
    const bad = resource('bad', 'git', { branhc: 'main', paths: 'x', git_crypt_key: 'k' })
    expect(await faults([{ kind: 'get', name: 'bad', params: { dpeth: 1 } }], [bad])).toEqual([
      'resources.bad.source.branhc unknown-key',
      'resources.bad.source.paths wrong-value',
      'resources.bad.source.git_crypt_key not-here',
      'resources.bad.source.uri missing-key',
      'jobs.job.plan[0].get(bad).params.dpeth unknown-key'
    ])
  })

  it('that are pushed to need a branch', async () => {
    const noBranch = resource('repo', 'git', { uri: '/nowhere.git' })
    const put: Step = { kind: 'put', name: 'repo', params: { repository: 'x' } }
    expect(await faults([put], [noBranch])).toEqual(['jobs.job.plan[0].put(repo).source.branch missing-key'])
  })

  it('are told from their params: rebase and merge, and more than one thing with a lock', async () => {
    const both: Step = { kind: 'put', name: 'repo', params: { repository: 'x', rebase: true, merge: true } }
    expect(await faults([both], [repo])).toEqual(['jobs.job.plan[0].put(repo).params.merge wrong-value'])
    const two: Step = { kind: 'put', name: 'locks', params: { acquire: true, release: 'x' } }
    expect(await faults([two], [locks])).toEqual(['jobs.job.plan[0].put(locks).params wrong-value'])
  })

  it('need values for their vars, as do params, each named once', async () => {
    const secret = resource('repo', 'git', { uri: '((uri))', private_key: '((key.private))' })
    const steps: Step[] = [
      { kind: 'get', name: 'repo', params: { fetch: ['((branch))'] } },
      sh('a', 'echo ((word)) ((word))', { params: { A: '((.:repo.commit)) ((.:other.commit))' } })
    ]
    const found = await faults(steps, [secret], { vars: name => (name === 'uri' ? 'x' : undefined) })
    expect(found).toEqual([
      'resources.repo.source unresolved-var',
      'jobs.job.plan[0].get(repo) unresolved-var',
      'jobs.job.plan[1].task(a) unresolved-var',
      'jobs.job.plan[1].task(a) unresolved-var'
    ])
  })

  it('of images can only be fetched, and no task can read them', async () => {
    const steps: Step[] = [
      { kind: 'get', name: 'image' },
      sh('a', 'true', { inputs: ['image'] }),
      { kind: 'task', name: 'b', file: 'x/y', input_mapping: { in: 'image' } },
      { kind: 'put', name: 'image', params: { image: 'x' } }
    ]
    expect(await faults(steps, [image])).toEqual([
      'jobs.job.plan[1].task(a) image-as-input',
      'jobs.job.plan[2].task(b).input_mapping.in image-as-input',
      'jobs.job.plan[3].put(image) not-here'
    ])
  })

  it('must be used by the job, and their folders must be there, for a folder to stand for them', async () => {
    const folder = await newFolder()
    const overrides = { repo: `${folder}/none`, locks: folder }
    expect(await faults([{ kind: 'get', name: 'repo' }], [repo, locks], { overrides })).toEqual([
      'resources.repo no-folder',
      'resources.locks unknown-resource'
    ])
  })
})

describe('tasks', () => {
  it('have a file or a config, and a file lies in an artifact', async () => {
    const steps: Step[] = [
      { kind: 'task', name: 'a' },
      { kind: 'task', name: 'b', file: 'x/y', config: { platform: 'linux', run: { path: 'sh' } } },
      { kind: 'task', name: 'c', file: 'task.yml' }
    ]
    expect(await faults(steps)).toEqual([
      'jobs.job.plan[0].task(a) file-or-config',
      'jobs.job.plan[1].task(b) file-or-config',
      'jobs.job.plan[2].task(c).file task-file'
    ])
  })

  it('lie within their working directory, and are for this machine', async () => {
    const place = task('a', { outputs: [{ name: 'x', path: '/x' }], run: { path: 'sh' } })
    const windows = task('b', { platform: 'windows', run: { path: 'cmd' } })
    expect(await faults([place, windows])).toEqual([
      'jobs.job.plan[0].task(a).config not-here',
      'jobs.job.plan[1].task(b).config not-here'
    ])
  })
})

it('tells what is done otherwise than in Concourse, and does it', async () => {
  const folder = await newFolder()
  const step = task(
    'a',
    { run: { path: 'true', user: 'nobody-here' }, image_resource: { type: 'registry-image', source: {} } },
    { privileged: true, container_limits: { cpu: 1 }, tags: ['big'] }
  )
  const get: Step = { kind: 'get', name: 'repo', version: 'every', passed: ['before'], trigger: true }
  const told = await run([get, step], { resources: [repo], overrides: { repo: folder } })
  expect(told.outcome).toBe('succeeded')
  for (const word of [
    'latest',
    'before',
    folder,
    'privileged',
    'limits',
    'tags',
    'nobody-here',
    'image_resource'
  ]) {
    expect(told.notices.join('\n')).toContain(word)
  }
})

it('takes a declared type of a known name for its own, with its defaults, and says so', async () => {
  const declared = { name: 'git', type: 'registry-image', source: {}, defaults: { branhc: 'x' } }
  const pipeline = { ...pipelineOf([{ kind: 'get', name: 'repo' }], [repo]), resource_types: [declared] }
  const found = await refused([], { pipeline })
  expect(found.map(({ path }) => path)).toEqual(['resources.repo.source.branhc'])
})
