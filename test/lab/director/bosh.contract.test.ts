import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTgz } from '../../../src/lab/director/tar.ts'
import { renderYaml } from '../../../src/manifest/render-yaml.ts'
import { listAt, textAt, type Value } from '../../../src/manifest/value.ts'
import { builtPrograms } from '../programs/built.ts'
import { deployment, group, natsUrl, silkUrl, stemcellUrl } from './manifests.ts'
import { cloudConfig, openTestLab, type TestLab } from './running-lab.ts'

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const real = process.env['CAUSEWAY_REAL_BOSH'] ?? ''

const certificate = { ca: 'nats_ca', common_name: 'nats', alternative_names: ['nats.service.cf.internal'] }
const manifest = deployment(
  'demo',
  [
    group('nats', {
      instances: 2,
      azs: ['z1', 'z2'],
      persistent_disk_type: '10GB',
      jobs: [
        {
          name: 'nats',
          release: 'nats',
          properties: {
            password: '((nats_password))',
            tls: '((nats_tls))',
            certificate: '((nats_tls.certificate))'
          }
        }
      ]
    }),
    group('cell', { instances: '((cells))', vm_extensions: ['lb'], networks: [{ name: 'default' }] }),
    group('smoke-tests', {
      lifecycle: 'errand',
      jobs: [{ name: 'smoke_tests', release: 'nats', properties: {} }]
    })
  ],
  {
    releases: [{ name: 'nats', version: '56.21.0', url: natsUrl, sha1: 'abc' }],
    variables: [
      { name: 'nats_password', type: 'password' },
      { name: 'nats_ca', type: 'certificate', options: { is_ca: true, common_name: 'ca' } },
      { name: 'nats_tls', type: 'certificate', options: certificate }
    ]
  }
)

/** One Director, from the first deploy to its deletion: each test goes on where the one before has stopped. */
function contract(command: () => readonly string[], isReal: boolean): void {
  let lab: TestLab

  beforeAll(async () => {
    lab = await openTestLab()
    await lab.create()
    put('cloud-config.yml', cloudConfig(lab.network, lab.ip))
    put('demo.yml', manifest)
    put('fewer.yml', [{ type: 'replace', path: '/instance_groups/name=nats/instances', value: 1 }])
  })
  afterAll(() => lab.close())

  function put(name: string, value: Value): void {
    writeFileSync(join(lab.lab, name), renderYaml(value))
  }

  function bosh(...args: readonly string[]): Promise<Ran> {
    const [program = '', ...first] = command()
    return new Promise((done, failed) => {
      const child = spawn(program, [...first, ...args], { cwd: lab.lab, env: lab.env })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      child.on('error', failed).on('close', code => done({ code, stdout, stderr }))
      child.stdin.end()
    })
  }

  async function ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await bosh(...args)
    expect({ args, code, stdout, stderr }).toMatchObject({ code: 0 })
    return stdout
  }

  /** Columns of the rows of the first table. */
  async function rows(columns: readonly string[], ...args: readonly string[]): Promise<readonly string[]> {
    const [table] = listAt(JSON.parse(await ok(...args, '--json')) as Value, 'Tables')
    return listAt(table, 'Rows').map(row => columns.map(column => textAt(row, column) ?? '').join(' '))
  }

  function deploy(cells: number, ...args: readonly string[]): Promise<Ran> {
    return bosh('--tty', '-d', 'demo', 'deploy', 'demo.yml', '-v', `cells=${cells}`, ...args)
  }

  it('says who it talks to', async () => {
    expect(await rows(['name', 'user', 'cpi'], 'env')).toEqual(['bosh-test admin lab_cpi'])
  })

  it('takes configs, and shows what would change', async () => {
    await ok('update-cloud-config', 'cloud-config.yml')
    expect(await rows(['type', 'name'], 'configs')).toEqual(['cloud default'])
    expect(await ok('cloud-config')).toContain('name: minimal')
    expect(await ok('update-cloud-config', 'cloud-config.yml')).not.toMatch(/^[+-] /m)
    put('runtime.yml', { addons: [] })
    await ok('update-runtime-config', '--name', 'empty', 'runtime.yml')
    expect(await rows(['type', 'name'], 'configs')).toEqual(['cloud default', 'runtime empty'])
    await ok('delete-config', '--type', 'runtime', '--name', 'empty')
  })

  it('uploads a stemcell from its address once, and again with --fix', async () => {
    await ok('upload-stemcell', '--sha1', 'abc', stemcellUrl)
    const again = ['--name', 'bosh-lab-ubuntu-jammy', '--version', '1.100', stemcellUrl]
    expect(await ok('--tty', 'upload-stemcell', ...again)).toContain(
      "Stemcell 'bosh-lab-ubuntu-jammy/1.100' already exists."
    )
    await ok('upload-stemcell', '--fix', stemcellUrl)
    expect(await rows(['name', 'version', 'os'], 'stemcells')).toEqual([
      'bosh-lab-ubuntu-jammy 1.100 ubuntu-jammy'
    ])
  })

  it('uploads releases from an address and from a file', async () => {
    await ok('upload-release', '--sha1', 'abc', silkUrl)
    const again = ['--name', 'silk', '--version', '3.53.0', silkUrl]
    expect(await ok('--tty', 'upload-release', ...again)).toContain("Release 'silk/3.53.0' already exists.")
    const server = writeTgz({ './job.MF': 'name: server\n' })
    const sha1 = createHash('sha1').update(server).digest('hex')
    const jobs = [{ name: 'server', version: '1', fingerprint: '1', sha1 }]
    const release = {
      name: 'own',
      version: '1+dev.1',
      commit_hash: 'abc',
      uncommitted_changes: false,
      jobs,
      packages: []
    }
    const archive = writeTgz({ './release.MF': renderYaml(release), './jobs/server.tgz': server })
    writeFileSync(join(lab.lab, 'own.tgz'), archive)
    await ok('upload-release', 'own.tgz')
    expect(await rows(['name', 'version'], 'releases')).toEqual(['own 1+dev.1', 'silk 3.53.0'])
  })

  it('uploads releases with a deploy, and shows what it does', async () => {
    const { code, stdout } = await deploy(2)
    expect(code).toBe(0)
    expect(stdout).toMatch(/Task \d+ \| [\d:]+ \| Preparing deployment: Preparing deployment \(00:00:0\d\)/)
    expect(stdout).toMatch(/\| Creating missing vms: cell\/[0-9a-f-]+ \(1\) \(00:00:0\d\)/)
    expect(stdout).toMatch(/Task \d+ done/)
    expect(await rows(['name', 'version'], 'releases')).toContain('nats 56.21.0*')
    expect(await rows(['name', 'stemcell_s'], 'deployments')).toEqual(['demo bosh-lab-ubuntu-jammy/1.100'])
  })

  it('shows instances, VMs, variables and the manifest', async () => {
    const names = (await rows(['instance', 'process_state', 'az'], '-d', 'demo', 'instances')).map(withoutId)
    expect([...names].sort()).toEqual([
      'cell running z1',
      'cell running z1',
      'nats running z1',
      'nats running z2',
      'smoke-tests  z1'
    ])
    const vms = (await rows(['instance', 'vm_type', 'active'], 'vms')).map(withoutId)
    expect(vms.filter(row => row.startsWith('nats'))).toEqual(['nats minimal true', 'nats minimal true'])
    expect(vms).toHaveLength(4)
    const variables = await rows(['name'], '-d', 'demo', 'variables')
    expect([...variables].sort()).toEqual(
      ['nats_ca', 'nats_password', 'nats_tls'].map(name => `/bosh-test/demo/${name}`)
    )
    expect(await ok('-d', 'demo', 'manifest')).toContain('((nats_tls.certificate))')
  })

  it('changes what an ops file changes, and nothing in a dry run', async () => {
    expect((await deploy(1, '-o', 'fewer.yml', '--dry-run')).code).toBe(0)
    expect(await rows(['instance'], 'vms')).toHaveLength(4)
    const { stdout } = await deploy(1, '-o', 'fewer.yml')
    expect(stdout).toMatch(/\| Deleting unneeded instances cell: cell\/[0-9a-f-]+ \(1\)/)
    expect((await rows(['instance'], 'vms')).map(withoutId)).toEqual(['cell', 'nats'])
    expect(await rows(['size'], 'disks', '--orphaned')).toEqual(['10 GiB'])
  })

  it('says in which task something went wrong, and exits with 1', async () => {
    put('broken.yml', [{ type: 'replace', path: '/instance_groups/name=cell/vm_type', value: 'huge' }])
    const { code, stdout, stderr } = await deploy(1, '-o', 'broken.yml')
    expect(code).toBe(1)
    expect(stdout).toContain("Error: Instance group 'cell' references an unknown vm type 'huge'")
    expect(stderr).toMatch(/Expected task '\d+' to succeed but state is 'error'\n+Exit code 1/)
  })

  it('runs errands, on one instance where it is told, and fails for one that is not there', async () => {
    expect(await rows(['name'], '-d', 'demo', 'errands')).toEqual(['smoke-tests', 'smoke_tests'])
    expect(await rows(['exit_code'], '-d', 'demo', 'run-errand', 'smoke-tests')).toEqual(['0'])
    expect((await rows(['instance'], '-d', 'demo', 'instances')).map(withoutId)).toContain('smoke-tests')
    const { code, stdout } = await bosh('--tty', '-d', 'demo', 'run-errand', 'absent')
    expect([code, stdout]).toEqual([1, expect.stringContaining("Errand 'absent' doesn't exist")])
  })

  it('shows locks and tasks while they last', async () => {
    writeFileSync(
      join(lab.lab, 'faults.json'),
      JSON.stringify([{ program: 'director', args: 'update demo', action: 'slow', delay: '3s' }])
    )
    const deploying = deploy(1, '-o', 'fewer.yml', '--recreate', '--no-redact')
    let locks: readonly string[] = []
    while (locks.length === 0) locks = await rows(['type', 'resource'], 'locks')
    expect(locks).toEqual(['deployment demo'])
    expect(await rows(['state', 'description', 'deployment'], 'tasks')).toEqual([
      'processing create deployment demo'
    ])
    expect((await deploying).code).toBe(0)
    expect(await rows(['state'], 'tasks')).toEqual([])
    expect((await rows(['description', 'state'], 'tasks', '--recent=1'))[0]).toBe('create deployment done')
  })

  it.skipIf(!isReal)('stops, starts and recreates, which the imitation does not', async () => {
    await ok('-d', 'demo', 'stop', 'nats', '--hard')
    expect((await rows(['instance'], 'vms')).map(withoutId)).toEqual(['cell'])
    await ok('-d', 'demo', 'start', 'nats')
    const before = await rows(['vm_cid'], '-d', 'demo', 'vms')
    await ok('-d', 'demo', 'recreate', 'cell')
    const after = await rows(['vm_cid'], '-d', 'demo', 'vms')
    expect(after.filter(cid => before.includes(cid))).toHaveLength(1)
  })

  it('deletes the deployment, then what it leaves', async () => {
    expect(await ok('--tty', '-d', 'demo', 'delete-deployment')).toMatch(
      /\| Deleting instances: nats\/[0-9a-f-]+ \(0\)/
    )
    expect(await rows(['name'], 'deployments')).toEqual([])
    expect(await rows(['size'], 'disks', '--orphaned')).toEqual(['10 GiB', '10 GiB'])
    await ok('clean-up', '--all')
    for (const list of [['disks', '--orphaned'], ['stemcells'], ['releases']]) {
      expect(await rows(['name', 'disk_cid'], ...list)).toEqual([])
    }
    expect(lab.cloud.list().map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'network test-network',
      'stemcell bosh-lab-ubuntu-jammy-go_agent',
      'vm bosh/0',
      'disk bosh/0',
      // The first image: --fix has made another one, and forgotten this.
      'stemcell bosh-lab-ubuntu-jammy'
    ])
    expect(await ok('--tty', '-d', 'demo', 'delete-deployment')).toContain('Succeeded')
  })

  it('is refused without the right secret', async () => {
    const { code, stderr } = await bosh('--client-secret', 'wrong', 'deployments')
    expect(code).toBe(1)
    expect(stderr).toContain('Bad client credentials')
  })
}

describe('bosh (the imitation)', () =>
  contract(() => [process.execPath, join(builtPrograms, 'bosh.js')], false))
describe.skipIf(real === '')('bosh (needs CAUSEWAY_REAL_BOSH, the path of a bosh v7)', () =>
  contract(() => [real], true)
)

/** `nats/0c7b…` is one of the instances of `nats`. */
function withoutId(row: string): string {
  return row.replace(/\/\S+/, '')
}
