import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { releaseAt, stemcellAt } from '../../../src/lab/director/artifacts.ts'
import { writeTgz } from '../../../src/lab/director/tar.ts'
import { labPaths } from '../../../src/lab/paths.ts'
import { renderYaml } from '../../../src/manifest/render-yaml.ts'
import { listAt, textAt, type Value } from '../../../src/manifest/value.ts'
import { DirectorClient } from './client.ts'
import { deployment, group, natsUrl, stemcellUrl } from './manifests.ts'
import { cloudConfig, openTestLab, type TestLab } from './running-lab.ts'

let lab: TestLab
let director: DirectorClient
const errandGroup = group('smoke-tests', {
  lifecycle: 'errand',
  jobs: [{ name: 'smoke_tests', release: 'nats' }]
})
const manifest = renderYaml(deployment('demo', [group('nats', { instances: 2 }), errandGroup]))

beforeAll(async () => {
  lab = await openTestLab()
  await lab.create()
  director = new DirectorClient(lab)
  const content = renderYaml(cloudConfig(lab.network, lab.ip))
  await director.request('POST', '/configs', JSON.stringify({ type: 'cloud', name: 'default', content }))
  await director.task('POST', '/releases', JSON.stringify({ location: natsUrl }))
  await director.task('POST', '/stemcells', JSON.stringify({ location: stemcellUrl }))
  await director.task('POST', '/deployments', manifest, 'text/yaml')
})
afterAll(() => lab.close())

function breakOnce(program: string, args: string, action: string, more: object = {}): void {
  writeFileSync(labPaths(lab.lab).faults, JSON.stringify([{ program, args, action, ...more }]))
}

describe('a task', () => {
  it('is followed by asking for what came since', async () => {
    const { id } = await director.task('POST', '/deployments', manifest, 'text/yaml')
    const whole = (await director.request('GET', `/tasks/${id}/output?type=event`)).body
    const token = { ...(await rangeOf(id, 10)) }
    expect(token).toEqual({ status: 206, body: whole.slice(10) })
    expect((await rangeOf(id, whole.length)).status).toBe(416)
  })

  it('is cancelled at its next checkpoint, and gives its lock back', async () => {
    breakOnce('director', 'update demo nats/0', 'slow', { delay: '300ms' })
    const changed = manifest.replace('instances: 2', 'instances: 2\n  env: {a: b}')
    const id = await director.begin('POST', '/deployments?recreate=true', changed, 'text/yaml')
    while (listAt({ all: await director.get('/locks') }, 'all').length === 0);
    const locks = listAt({ all: await director.get('/locks') }, 'all')
    expect(
      locks.map(lock => [textAt(lock, 'type'), listAt(lock, 'resource'), textAt(lock, 'task_id')])
    ).toEqual([['deployment', ['demo'], String(id)]])
    expect((await director.request('DELETE', `/task/${id}`)).status).toBe(204)
    const { state, error } = await director.wait(id)
    expect({ state, error }).toEqual({ state: 'cancelled', error: `Task ${id} cancelled` })
    expect(await director.get('/locks')).toEqual([])
    expect((await director.request('DELETE', `/task/${id}`)).status).toBe(400)
  })

  it('fails where the lab is told to, after what came before has happened', async () => {
    breakOnce('director', 'create-vm demo nats/2', 'exit')
    const more = manifest.replace('instances: 2', 'instances: 3')
    const { state, error } = await director.task('POST', '/deployments', more, 'text/yaml')
    expect(state).toBe('error')
    expect(error).toContain('create-vm demo nats/2: broken on purpose')
    expect((await director.task('POST', '/deployments', more, 'text/yaml')).state).toBe('done')
  })

  it('that the Director was stopped in the middle of has failed, and the Director still knows its deployments', async () => {
    breakOnce('director', 'update demo nats/0', 'kill')
    const id = await director.begin('POST', '/deployments?recreate=true', manifest, 'text/yaml')
    await expect(waitForEver(id)).rejects.toThrow()
    await lab.supervisor.powerOn()
    const again = new DirectorClient(lab)
    expect((await again.wait(id)).state).toBe('error')
    expect(listAt({ all: await again.get('/deployments') }, 'all').map(each => textAt(each, 'name'))).toEqual(
      ['demo']
    )
    director = again
  })
})

async function waitForEver(id: number): Promise<void> {
  for (;;) await director.get(`/tasks/${id}`)
}

async function rangeOf(id: number, start: number): Promise<{ status: number; body: string }> {
  const { status, body } = await director.request(
    'GET',
    `/tasks/${id}/output?type=event`,
    undefined,
    'text/plain',
    {
      range: `bytes=${start}-`
    }
  )
  return { status, body }
}

describe('an errand', () => {
  const run = (name: string, instances: Value[] = []): ReturnType<DirectorClient['task']> =>
    director.task('POST', `/deployments/demo/errands/${name}/runs`, JSON.stringify({ instances }))

  it('is listed by its group and by its job', async () => {
    const names = listAt({ all: await director.get('/deployments/demo/errands') }, 'all')
    expect(names.map(each => textAt(each, 'name'))).toEqual(['smoke-tests', 'smoke_tests'])
  })

  it('gets a VM for as long as it runs', async () => {
    const { state, result, steps, output } = await run('smoke-tests')
    expect({ state, result }).toEqual({ state: 'done', result: '1 succeeded, 0 errored, 0 canceled' })
    expect(steps.map(step => step.split(': ')[0])).toEqual([
      'Preparing deployment',
      'Creating missing vms',
      'Updating instance',
      'Running errand',
      'Deleting errand instances'
    ])
    expect(JSON.parse(output)).toMatchObject({ errand_name: 'smoke-tests', exit_code: 0 })
    expect(lab.cloud.all('vm').filter(vm => vm.tags['instance_group'] === 'smoke-tests')).toEqual([])
  })

  it('runs on the chosen instance of a service', async () => {
    const { steps } = await run('nats', [{ group: 'nats', id: '1' }])
    expect(steps.filter(step => step.startsWith('Running errand'))).toEqual([
      expect.stringMatching(/^Running errand: nats\/.+ \(1\)$/)
    ])
  })

  it.each([
    ['nope', [], "Errand 'nope' doesn't exist"],
    ['nats', [{ group: 'router', id: '' }], 'No instances match selection criteria: [router]']
  ])('%s on %j is refused', async (name, instances, words) => {
    expect((await run(name, instances)).error).toBe(words)
  })
})

describe('a release', () => {
  const jobManifest = renderYaml({
    name: 'server',
    templates: { 'run.erb': 'bin/run' },
    packages: ['go'],
    provides: [{ name: 'api', type: 'api' }],
    consumes: [{ name: 'db', type: 'db', optional: true }]
  })
  const releaseManifest = renderYaml({
    name: 'own',
    version: '1+dev.1',
    commit_hash: 'abc',
    uncommitted_changes: true,
    jobs: [{ name: 'server', version: 'f1', fingerprint: 'f1', sha1: 's' }],
    packages: [{ name: 'go', version: 'f2', fingerprint: 'f2', sha1: 's', dependencies: [] }]
  })

  it('is opened, so that a job that it does not have is refused', async () => {
    const archive = writeTgz({
      './release.MF': releaseManifest,
      './jobs/server.tgz': writeTgz({ './job.MF': jobManifest })
    })
    const uploaded = await director.upload('/releases', archive)
    expect(uploaded.result).toBe("Created release 'own/1+dev.1'")
    const read = await director.get('/releases/own?version=1%2Bdev.1')
    expect(listAt(read, 'jobs')).toMatchObject([{ name: 'server', provides: [{ name: 'api', type: 'api' }] }])
    const releases = [{ name: 'own', version: '1+dev.1' }]
    const withJob = (name: string): string =>
      renderYaml(deployment('own', [group('g', { jobs: [{ name, release: 'own' }] })], { releases }))
    const refused = await director.task('POST', '/deployments', withJob('client'), 'text/yaml')
    expect(refused.error).toBe("Job 'client' not found in release 'own'")
    expect((await director.task('POST', '/deployments', withJob('server'), 'text/yaml')).state).toBe('done')
    const used = await director.task('DELETE', '/releases/own')
    expect(used.error).toBe("Release 'own' is still in use by: own")
  })

  it('knows which packages the CLI need not send', async () => {
    const { body } = await director.request('POST', '/packages/matches', releaseManifest, 'text/yaml')
    expect(JSON.parse(body)).toEqual(['f2'])
  })

  it('that is no archive is refused', async () => {
    const { error } = await director.upload('/releases', gzipSync('nothing'))
    expect(error).toBe('Release manifest not found')
  })

  it('at an unknown address is not found', async () => {
    const location = 'https://example.com/release.tgz'
    const { error } = await director.task('POST', '/releases', JSON.stringify({ location }))
    expect(error).toBe(`No release found at '${location}'.`)
  })

  it.each([
    ['https://bosh.io/d/github.com/cloudfoundry/bosh-dns-release?v=1.39.0', 'bosh-dns', '1.39.0'],
    ['https://bosh.io/d/github.com/cloudfoundry/bosh?v=283.1.6', 'bosh', '283.1.6'],
    ['https://bosh.io/d/github.com/cloudfoundry-incubator/docker-boshrelease?v=35.3.4', 'docker', '35.3.4'],
    ['https://bosh.io/d/github.com/cloudfoundry-incubator/cfcr-etcd-release?v=1.12.4', 'cfcr-etcd', '1.12.4'],
    [
      'https://storage.googleapis.com/kubo-precompiled-releases/kubo-0.44.0-ubuntu-xenial-621.76-20200101-1-2.tgz',
      'kubo',
      '0.44.0'
    ],
    [
      'https://storage.googleapis.com/cf-deployment-compiled-releases/cf-cli-1.60.0-ubuntu-noble-1.333-20250101.tgz',
      'cf-cli',
      '1.60.0'
    ]
  ])('is known by %s', (url, name, version) => {
    expect(releaseAt(url)).toMatchObject({ name, version })
  })

  it.each([
    ['https://bosh.io/d/stemcells/bosh-lab-ubuntu-xenial-go_agent?v=621.76', 'ubuntu-xenial', '621.76'],
    ['https://bosh.io/d/stemcells/bosh-google-kvm-ubuntu-noble?v=1.425', 'ubuntu-noble', '1.425'],
    [
      'https://storage.googleapis.com/bosh-core-stemcells/1.425/bosh-stemcell-1.425-google-kvm-ubuntu-noble.tgz',
      'ubuntu-noble',
      '1.425'
    ],
    [
      'https://bosh-core-stemcells.s3-accelerate.amazonaws.com/621.123/bosh-stemcell-621.123-openstack-kvm-ubuntu-xenial-go_agent.tgz',
      'ubuntu-xenial',
      '621.123'
    ]
  ])('has a stemcell beside it: %s', (url, os, version) => {
    expect(stemcellAt(url)).toMatchObject({ os, version })
  })
})
