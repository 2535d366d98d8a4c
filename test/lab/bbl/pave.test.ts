import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCredential } from '../../../src/lab/credentials/generate.ts'
import { readYaml } from '../../../src/manifest/read-yaml.ts'
import { at, listAt, textAt, type Value } from '../../../src/manifest/value.ts'
import { leftoverLines } from '../../../src/tools/bbl.ts'
import { openBblLab, type BblLab } from './bbl-lab.ts'

let lab: BblLab

beforeAll(async () => {
  lab = await openBblLab()
})
afterAll(async () => {
  await lab.close()
})

async function ok(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.bbl(...args)
  expect({ args, code, stderr }).toMatchObject({ code: 0 })
  return stdout
}

function kinds(): readonly string[] {
  return lab.cloud
    .list()
    .map(({ kind, name }) => `${kind} ${name}`)
    .sort()
}

const paved = [
  'address lab-jumpbox-ip',
  'disk bosh/0',
  'firewall lab-internal',
  'firewall lab-jumpbox-to-all',
  'load-balancer lab-concourse',
  'network lab-network',
  'stemcell bosh-lab-ubuntu-jammy',
  'stemcell bosh-lab-ubuntu-jammy',
  'vm bosh/0',
  'vm jumpbox/0'
]

const ip: unknown = expect.stringMatching(/^127\.\d+\.\d+\.\d+$/)

/** One environment, from the plan to its end: each test goes on where the one before has stopped. */
describe('an environment', () => {
  it('is planned in files, with nothing in the cloud', async () => {
    lab.put('cloud-config/extra.yml', '- {type: replace, path: /vm_types/-, value: {name: extra}}\n')
    const planned = await ok('plan', '--name', 'lab', '--lb-type', 'concourse')
    expect(planned).toContain('step: generating terraform template')
    expect(planned).toContain('cloud-config/extra.yml')
    expect(lab.state()).toMatchObject({
      version: 14,
      iaas: 'lab',
      envID: 'lab',
      lb: { type: 'concourse' },
      bosh: { directorAddress: '' }
    })
    expect(lab.files()).toEqual(
      expect.arrayContaining([
        'bosh-deployment/bosh.yml',
        'cloud-config/cloud-config.yml',
        'cloud-config/extra.yml',
        'cloud-config/ops.yml',
        'create-director.sh',
        'delete-jumpbox.sh',
        'runtime-config/runtime-config.yml',
        'terraform/bbl-template.tf',
        'vars/bbl.tfvars'
      ])
    )
    expect(kinds()).toEqual([])
  })

  it('is paved, whatever load balancer is named then', async () => {
    const parameters = { common_name: 'cf', key_length: 2048 }
    const certificate = await generateCredential({ type: 'certificate', parameters }, () => undefined)
    lab.put('../cert.pem', textAt(certificate, 'certificate') ?? '')
    lab.put('../key.pem', textAt(certificate, 'private_key') ?? '')
    await ok('up', '--lb-type', 'cf', '--lb-cert', '../cert.pem', '--lb-key', '../key.pem')
    expect(kinds()).toEqual(paved)
    const bosh = JSON.parse(lab.read('vars/bosh-state.json')) as Value
    const vm = lab.cloud.all('vm').find(({ name }) => name === 'bosh/0')
    expect(textAt(bosh, 'current_vm_cid')).toBe(vm?.cid)
    expect(listAt(bosh, 'disks').map(disk => textAt(disk, 'id'))).toEqual([textAt(bosh, 'current_disk_id')])
  })

  it('tells how to reach its Director and CredHub, which answer', async () => {
    const env = await lab.printEnv()
    const outputs = readYaml(await ok('outputs'))
    expect(env['BOSH_ENVIRONMENT']).toBe(`https://${textAt(outputs, 'director__internal_ip') ?? ''}:25555`)
    expect(Object.keys(env).sort()).toEqual([
      'BOSH_CA_CERT',
      'BOSH_CLIENT',
      'BOSH_CLIENT_SECRET',
      'BOSH_ENVIRONMENT',
      'CREDHUB_CA_CERT',
      'CREDHUB_CLIENT',
      'CREDHUB_SECRET',
      'CREDHUB_SERVER',
      'JUMPBOX_PRIVATE_KEY'
    ])
    const cloudConfig = await lab.run('bosh', ['cloud-config'], env)
    const types = listAt(readYaml(cloudConfig.stdout), 'vm_types').map(type => textAt(type, 'name'))
    expect(types).toContain('extra')
    expect(types).toContain('default')
    expect((await lab.run('bosh', ['runtime-config', '--name', 'dns'], env)).stdout).toContain('bosh-dns')
    expect((await lab.run('credhub', ['find'], env)).code).toBe(0)
  })

  it('answers what it is asked', async () => {
    expect(await ok('env-id')).toBe('lab\n')
    expect(await ok('director-username')).toBe('admin\n')
    expect(await ok('lbs')).toMatch(/^Concourse LB: 127\.\d+\.\d+\.\d+\n$/)
    expect(await ok('ssh-key')).toContain('PRIVATE KEY')
    expect(readYaml(await ok('print-env', '--shell-type', 'yaml'))).toMatchObject({ bosh_client: 'admin' })
  })

  it('stays as it is when it is paved again', async () => {
    const before = lab.cloud.list().map(({ cid }) => cid)
    await ok('up')
    expect(lab.cloud.list().map(({ cid }) => cid)).toEqual(before)
  })

  it('loses its load balancer by a plan that does not name it', async () => {
    await ok('plan')
    await ok('up')
    expect(kinds()).toEqual(paved.filter(name => !name.startsWith('load-balancer')))
    expect((await lab.bbl('lbs')).stderr).toContain('no lbs found')
    await ok('plan', '--lb-type', 'concourse')
    await ok('up')
    expect(kinds()).toEqual(paved)
  })

  it('keeps its name, and no other may have it', async () => {
    const renamed = await lab.bbl('plan', '--name', 'other')
    expect(renamed.stderr).toContain(
      'The director name cannot be changed for an existing environment. Current name is lab.'
    )
    const taken = await lab.run('bbl', ['plan', '--name', 'lab'], { BBL_STATE_DIRECTORY: lab.lab })
    expect(taken.stderr).toContain("already exists with the name 'lab'")
  })

  it('is listed as leftovers by its name, and by no other', async () => {
    const listed = leftoverLines(await ok('leftovers', '--filter', 'lab', '--dry-run', '--no-confirm'))
    expect(listed.map(line => line.replace(/ (?:vm|disk|lb|fw|ip|stemcell|net)-.*/, '')).sort()).toEqual([
      'Address: lab-jumpbox-ip',
      'Disk: bosh/0',
      'Firewall: lab-internal',
      'Firewall: lab-jumpbox-to-all',
      'Image: bosh-lab-ubuntu-jammy',
      'Image: bosh-lab-ubuntu-jammy',
      'Instance: bosh/0',
      'Instance: jumpbox/0',
      'Load Balancer: lab-concourse',
      'Network: lab-network'
    ])
    expect(await ok('leftovers', '--filter', 'lab2', '--dry-run', '--no-confirm')).toBe('')
    expect(kinds()).toEqual(paved)
  })

  it('stands beside another one, which has the load balancers of a Cloud Foundry', async () => {
    mkdirSync(join(lab.lab, 'other'))
    const other = (...args: readonly string[]) => ok(...args, '--state-dir', join(lab.lab, 'other'))
    const certificate = ['--lb-cert', '../cert.pem', '--lb-key', '../key.pem', '--lb-domain', 'cf.lab']
    await other('plan', '--name', 'other', '--lb-type', 'cf', ...certificate)
    await other('up')
    expect(JSON.parse(await other('lbs', '--json'))).toEqual({
      cf_router_lb: ip,
      cf_ssh_proxy_lb: ip,
      cf_system_domain_dns_servers: ['ns-1.cf.lab', 'ns-2.cf.lab'],
      cf_tcp_router_lb: ip,
      cf_websocket_lb: ip
    })
    expect(await other('director-address')).not.toBe(await ok('director-address'))
    await other('down', '--no-confirm')
    expect(kinds()).toEqual(paved)
  })

  it('is not torn down without a yes', async () => {
    expect(await ok('down')).toContain('step: exiting')
    expect(kinds()).toEqual(paved)
  })

  it('is not torn down while another machine stands in its network', async () => {
    const network = lab.cloud.all('network')[0]
    const { cid } = lab.cloud.createVm({
      name: 'router/0',
      tags: {},
      network: network?.cid ?? '',
      ip: (network?.gateway ?? '').replace(/\d+$/, '99'),
      az: 'z1',
      vmType: 'default',
      stemcell: lab.cloud.all('stemcell')[0]?.cid ?? '',
      loadBalancers: [],
      jobs: []
    })
    const down = await lab.bbl('down', '--no-confirm')
    expect(down.code).toBe(1)
    expect(down.stderr).toContain('bbl latest-error')
    expect(await ok('latest-error')).toMatch(
      /Error deleting lab_network\.default: .* is already being used by vm/
    )
    expect(at(lab.state(), 'bosh', 'directorAddress')).toBe('')
    lab.cloud.deleteVm(cid)
  })

  it('is torn down, and only the files of the user stay', async () => {
    await ok('down', '--no-confirm')
    expect(kinds()).toEqual([])
    expect(lab.files()).toEqual(['cloud-config/extra.yml', 'terraform/.terraform.lock.hcl'])
  })
})
