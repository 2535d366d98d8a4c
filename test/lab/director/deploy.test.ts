import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { renderYaml } from '../../../src/manifest/render-yaml.ts'
import { listAt, textAt, type Value, type ValueMap } from '../../../src/manifest/value.ts'
import { DirectorClient, type FinishedTask } from './client.ts'
import { deployment, group, natsUrl, silkGroups, silkRelease, silkUrl, stemcellUrl } from './manifests.ts'
import { cloudConfig, openTestLab, type TestLab } from './running-lab.ts'

let lab: TestLab
let director: DirectorClient

beforeAll(async () => {
  lab = await openTestLab()
  await lab.create()
  director = new DirectorClient(lab)
})
afterAll(() => lab.close())

async function upload(): Promise<void> {
  const content = renderYaml(cloudConfig(lab.network, lab.ip))
  await director.request('POST', '/configs', JSON.stringify({ type: 'cloud', name: 'default', content }))
  for (const location of [natsUrl, silkUrl]) {
    await director.task('POST', '/releases', JSON.stringify({ location }))
  }
  await director.task('POST', '/stemcells', JSON.stringify({ location: stemcellUrl }))
}

function deploy(manifest: ValueMap, query = ''): Promise<FinishedTask> {
  return director.task('POST', `/deployments${query}`, renderYaml(manifest), 'text/yaml')
}

function vmsOf(name: string): readonly string[] {
  return lab.cloud
    .all('vm')
    .filter(vm => vm.tags['deployment'] === name)
    .map(vm => vm.name.split('/')[0] ?? '')
}

async function instances(name: string): Promise<readonly Value[]> {
  const { output } = await director.task('GET', `/deployments/${name}/instances?format=full`)
  return output.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as Value]))
}

describe('a Director with nothing in it', () => {
  it('says first that it has no networks', async () => {
    const { state, error } = await deploy(deployment('early', [group('nats')]))
    expect({ state, error }).toEqual({
      state: 'error',
      error: "Required property 'networks' was not specified in object ({})"
    })
  })
})

describe('a Director with cloud config, release and stemcell', () => {
  beforeAll(upload)
  beforeEach(async () => {
    const names = listAt({ all: await director.get('/deployments') }, 'all')
    for (const name of names)
      await director.task('DELETE', `/deployments/${textAt(name, 'name') ?? ''}?force=true`)
  })

  it('creates VMs and disks, and tells each step', async () => {
    const groups = [group('nats', { instances: 2, azs: ['z1', 'z2'], persistent_disk_type: '10GB' })]
    const { state, result, steps } = await deploy(deployment('demo', groups))
    expect({ state, result }).toEqual({ state: 'done', result: '/deployments/demo' })
    expect(steps.map(step => step.replace(/[0-9a-f-]{36,40}/, 'id'))).toEqual([
      'Preparing deployment: Preparing deployment',
      'Preparing deployment: Rendering templates',
      'Preparing package compilation: Finding packages to compile',
      'Compiling packages: nats/id',
      'Creating missing vms: nats/id (0)',
      'Creating missing vms: nats/id (1)',
      'Updating instance: nats/id (0) (canary)',
      'Updating instance: nats/id (1)'
    ])
    const disks = lab.cloud.all('disk').filter(disk => disk.tags['deployment'] === 'demo')
    expect(disks.map(disk => disk.sizeMiB)).toEqual([10_240, 10_240])
    expect((await instances('demo')).map(each => [textAt(each, 'job_state'), textAt(each, 'az')])).toEqual([
      ['running', 'z1'],
      ['running', 'z2']
    ])
  })

  it('does nothing the second time, and only what has changed the third', async () => {
    await deploy(deployment('demo', [group('nats', { instances: 2 }), group('other')]))
    const before = lab.cloud.all('vm').map(vm => vm.cid)
    expect(
      (await deploy(deployment('demo', [group('nats', { instances: 2 }), group('other')]))).steps
    ).toHaveLength(3)
    const jobs = [{ name: 'nats', release: 'nats', properties: { debug: true } }]
    const { steps } = await deploy(
      deployment('demo', [group('nats', { instances: 2, jobs }), group('other')])
    )
    expect(steps.slice(3).map(step => step.split('/')[0])).toEqual([
      'Updating instance: nats',
      'Updating instance: nats'
    ])
    expect(lab.cloud.all('vm').map(vm => vm.cid)).toEqual(before)
  })

  it('recreates a VM whose type changed and keeps its disk', async () => {
    await deploy(deployment('demo', [group('nats', { persistent_disk: 1024 })]))
    const [before] = await instances('demo')
    await deploy(deployment('demo', [group('nats', { persistent_disk: 1024, vm_type: 'small' })]))
    const [after] = await instances('demo')
    expect(textAt(after, 'vm_cid')).not.toBe(textAt(before, 'vm_cid'))
    expect(textAt(after, 'disk_cid')).toBe(textAt(before, 'disk_cid'))
    expect(textAt(after, 'id')).toBe(textAt(before, 'id'))
  })

  it('deletes what the manifest has no more', async () => {
    await deploy(deployment('demo', [group('nats', { instances: 2 }), group('other')]))
    const { steps } = await deploy(deployment('demo', [group('nats')]))
    expect(steps.slice(3).map(step => step.split('/')[0])).toEqual([
      'Deleting unneeded instances: other',
      'Deleting unneeded instances: nats'
    ])
    expect(vmsOf('demo')).toEqual(['nats'])
  })

  it('generates variables under the names of Director and deployment, with a chain to their CA', async () => {
    const variables = [
      { name: 'password', type: 'password' },
      { name: 'ca', type: 'certificate', options: { is_ca: true, common_name: 'ca' } },
      { name: 'tls', type: 'certificate', options: { ca: 'ca', common_name: 'nats' } }
    ]
    const jobs = [
      { name: 'nats', release: 'nats', properties: { tls: '((tls))', url: 'nats://((password))@' } }
    ]
    const { state } = await deploy(deployment('demo', [group('nats', { jobs })], { variables }))
    expect(state).toBe('done')
    const names = listAt({ all: await director.get('/deployments/demo/variables') }, 'all')
    expect(names.map(each => textAt(each, 'name')).sort()).toEqual([
      '/bosh-test/demo/ca',
      '/bosh-test/demo/password',
      '/bosh-test/demo/tls'
    ])
  })

  it('names every variable that it can not find, by instance group and job', async () => {
    const jobs = [{ name: 'nats', release: 'nats', properties: { one: '((one))', two: '((/two))' } }]
    const { state, error } = await deploy(deployment('demo', [group('nats', { jobs })]))
    expect(state).toBe('error')
    expect(error).toContain("- Unable to render templates for job 'nats'. Errors are:")
    expect(error).toContain(
      "- Failed to find variable '/bosh-test/demo/one' from config server: HTTP Code '404'"
    )
    expect(error).toContain("- Failed to find variable '/two' from config server")
    expect(vmsOf('demo')).toEqual([])
  })

  it('puts the jobs of a runtime config where they apply, and refuses one that is there already', async () => {
    const content = renderYaml({
      releases: [{ name: 'silk', version: '3.53.0' }],
      addons: [
        {
          name: 'dns',
          jobs: [{ name: 'bosh-dns', release: 'silk' }],
          include: { stemcell: [{ os: 'ubuntu-jammy' }] },
          exclude: { deployments: ['other'] }
        }
      ]
    })
    await director.request('POST', '/configs', JSON.stringify({ type: 'runtime', name: 'dns', content }))
    await deploy(deployment('demo', [group('nats')]))
    await deploy(deployment('other', [group('nats')]))
    const vms = lab.cloud.all('vm').map(vm => [vm.tags['deployment'], vm.jobs])
    expect(vms).toContainEqual(['demo', ['nats', 'bosh-dns']])
    expect(vms).toContainEqual(['other', ['nats']])
    const jobs = [{ name: 'bosh-dns', release: 'silk' }]
    const { error } = await deploy(deployment('twice', [group('nats', { jobs })], silkRelease))
    expect(error).toBe("Colocated job 'bosh-dns' is already added to the instance group 'nats'")
    await director.request('DELETE', '/configs?type=runtime&name=dns')
  })

  it('resolves a link of another deployment only where it is shared', async () => {
    const from = { cf_network: { from: 'cf_network', deployment: 'cf' } }
    const private_ = silkGroups(from, {})
    const before = await deploy(deployment('cfcr', [private_.cfcr], silkRelease))
    expect(before.error).toContain("Can't find deployment 'cf'")
    await deploy(deployment('cf', [private_.cf], silkRelease))
    const refused = await deploy(deployment('cfcr', [private_.cfcr], silkRelease))
    expect(refused.error).toBe(
      [
        "Failed to resolve links from deployment 'cfcr'. See errors below:",
        "  - Failed to resolve link 'cf_network' with type 'cf_network' from job 'silk-daemon' in instance group 'worker'. Details below:",
        '    - No link providers found'
      ].join('\n')
    )
    const shared = silkGroups(from, { cf_network: { as: 'cf_network', shared: true } })
    await deploy(deployment('cf', [shared.cf], silkRelease))
    expect((await deploy(deployment('cfcr', [shared.cfcr], silkRelease))).state).toBe('done')
  })

  it.each([
    [
      'release',
      deployment('bad', [group('x')], { releases: [{ name: 'uaa', version: '1' }] }),
      "Release 'uaa' doesn't exist"
    ],
    [
      'release version',
      deployment('bad', [group('x')], { releases: [{ name: 'nats', version: '1' }] }),
      "Release version 'nats/1' doesn't exist"
    ],
    [
      'stemcell',
      deployment('bad', [group('x')], {
        stemcells: [{ alias: 'default', os: 'ubuntu-noble', version: '1' }]
      }),
      "Stemcell version '1' for OS 'ubuntu-noble' doesn't exist"
    ],
    [
      'VM type',
      deployment('bad', [group('x', { vm_type: 'huge' })]),
      "Instance group 'x' references an unknown vm type 'huge'"
    ],
    [
      'VM extension',
      deployment('bad', [group('x', { vm_extensions: ['cf-router'] })]),
      "The vm_extension 'cf-router' has not been configured in cloud-config."
    ],
    [
      'network',
      deployment('bad', [group('x', { networks: [{ name: 'n' }] })]),
      "Instance group 'x' references an unknown network 'n'"
    ],
    [
      'zone',
      deployment('bad', [group('x', { azs: ['z9'] })]),
      "Instance group 'x' references unknown availability zone 'z9'"
    ],
    [
      'disk type',
      deployment('bad', [group('x', { persistent_disk_type: '1PB' })]),
      "Instance group 'x' references an unknown disk type '1PB'"
    ]
  ])('refuses an unknown %s', async (_, manifest, words) => {
    const { state, error } = await deploy(manifest)
    expect({ state, error }).toEqual({ state: 'error', error: words })
  })

  it('gives static addresses as asked, and no two instances the same one', async () => {
    const prefix = lab.ip.replace(/\.\d+$/, '')
    const fixed = (name: string): ValueMap =>
      group(name, { networks: [{ name: 'default', static_ips: [`${prefix}.200`] }] })
    expect((await deploy(deployment('demo', [fixed('nats')]))).state).toBe('done')
    const { error } = await deploy(deployment('other', [fixed('nats')]))
    expect(error).toMatch(/Failed to reserve IP '127.+\.200' for instance 'nats\/.+': already reserved/)
  })

  it('changes nothing on a dry run', async () => {
    const { state, steps } = await deploy(deployment('demo', [group('nats')]), '?dry_run=true')
    expect({ state, steps: steps.length, vms: vmsOf('demo') }).toEqual({ state: 'done', steps: 2, vms: [] })
  })

  it('stops at a VM that vanished, and makes it anew with fix', async () => {
    await deploy(deployment('demo', [group('nats')]))
    lab.cloud.deleteVm(lab.cloud.all('vm').find(vm => vm.tags['deployment'] === 'demo')?.cid ?? '')
    expect((await instances('demo')).map(each => textAt(each, 'job_state'))).toEqual(['unresponsive agent'])
    expect((await deploy(deployment('demo', [group('nats')]))).error).toContain(
      "Timed out sending 'get_state' to instance: 'nats/"
    )
    expect((await deploy(deployment('demo', [group('nats')]), '?fix=true')).state).toBe('done')
    expect(vmsOf('demo')).toEqual(['nats'])
  })

  it('stops, detaches and starts instances', async () => {
    await deploy(deployment('demo', [group('nats')]))
    const put = (query: string): Promise<FinishedTask> =>
      director.task('PUT', `/deployments/demo/jobs/nats?${query}`, '', 'text/yaml')
    await put('state=stopped')
    expect((await instances('demo')).map(each => textAt(each, 'job_state'))).toEqual(['stopped'])
    await put('state=detached')
    expect(vmsOf('demo')).toEqual([])
    await put('state=started')
    expect((await instances('demo')).map(each => textAt(each, 'job_state'))).toEqual(['running'])
  })

  it('deletes a deployment and remembers whose disks are left, until a clean-up', async () => {
    await deploy(deployment('demo', [group('nats', { persistent_disk: 1024 })]))
    expect((await director.task('DELETE', '/deployments/demo')).state).toBe('done')
    const disks = listAt({ all: await director.get('/disks') }, 'all')
    expect(disks.map(disk => textAt(disk, 'deployment_name'))).toContain('demo')
    expect(vmsOf('demo')).toEqual([])
    const config = JSON.stringify({ config: { remove_all: true, keep_orphaned_disks: false } })
    const { result } = await director.task('POST', '/cleanup', config)
    expect(result).toMatch(/^Deleted 2 release\(s\), 1 stemcell\(s\), .* [1-9]\d* orphaned disk\(s\)/)
    expect(await director.get('/disks')).toEqual([])
    expect(lab.cloud.all('disk')).toHaveLength(1)
    await upload()
  })

  it('says 404 for a deployment that is not there', async () => {
    const { status, body } = await director.request('DELETE', '/deployments/nope')
    expect({ status, body }).toEqual({
      status: 404,
      body: JSON.stringify({ code: 70000, description: "Deployment 'nope' doesn't exist" })
    })
  })
})
