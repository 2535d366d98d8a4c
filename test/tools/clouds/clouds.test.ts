import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../src/core/log.ts'
import { Redactor } from '../../../src/core/redact.ts'
import type { Cloud, CloudResource } from '../../../src/tools/clouds/cloud.ts'
import { openCloud } from '../../../src/tools/clouds/open-cloud.ts'
import { createPrograms } from '../../../src/tools/exec.ts'
import { createFiles } from '../../../src/tools/files.ts'

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clouds-'))
  await mkdir(join(root, 'bin'))
})

/** A program that answers by cases on its arguments, and writes them down with its environment. */
async function program(name: string, answers: Readonly<Record<string, unknown>>, more = ''): Promise<void> {
  const cases = Object.entries(answers).map(
    ([args, answer]) => `"${args}") cat <<'END'\n${JSON.stringify(answer)}\nEND\n;;`
  )
  const text = `#!/bin/sh\necho "$*" >>"${root}/calls"\nenv >>"${root}/env"\ncase "$*" in\n${cases.join('\n')}\n${more}\n*) echo '[]' ;;\nesac\n`
  await writeFile(join(root, 'bin', name), text)
  await chmod(join(root, 'bin', name), 0o755)
}

function open(variables: Readonly<Record<string, string>>): Promise<Cloud> {
  const redactor = new Redactor()
  const log = createLog(() => undefined)
  // Nothing but the fakes and a shell: what is not faked is not there.
  const programs = createPrograms({
    env: { PATH: `${join(root, 'bin')}:${join(root, 'sh')}` },
    log,
    redactor
  })
  return openCloud({ programs, files: createFiles(), scratch: root, variables })
}

async function calls(): Promise<string[]> {
  return (await readFile(join(root, 'calls'), 'utf8')).trim().split('\n')
}

function brief(resources: readonly CloudResource[]): string[] {
  return resources.map(
    ({ kind, id, name, network = '-', labels }) =>
      `${kind} ${id} ${name} ${network} ${labels['director'] ?? '-'}`
  )
}

beforeEach(async () => {
  await mkdir(join(root, 'sh'))
  for (const tool of ['sh', 'cat', 'env', 'bash']) {
    await writeFile(join(root, 'sh', tool), `#!/bin/sh\nexec /usr/bin/${tool} "$@"\n`)
    await chmod(join(root, 'sh', tool), 0o755)
  }
})

const zone = 'https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b'
const network = 'https://www.googleapis.com/compute/v1/projects/p/global/networks/play-1-network'

describe('gcp', () => {
  const variables = {
    BBL_IAAS: 'gcp',
    BBL_GCP_SERVICE_ACCOUNT_KEY: '{"project_id":"p","private_key":"k"}',
    BBL_GCP_REGION: 'europe-west1'
  }

  beforeEach(() =>
    program('gcloud', {
      'compute instances list --format=json': [
        { name: 'vm-1', zone, labels: { director: 'bosh-play-1' }, networkInterfaces: [{ network }] }
      ],
      'compute disks list --format=json': [{ name: 'disk-1', zone, labels: { director: 'bosh-play-1' } }],
      'compute forwarding-rules list --format=json': [
        { name: 'a12', region: 'https://x/regions/europe-west1' }
      ],
      'compute target-pools list --format=json': [{ name: 'a12', region: 'https://x/regions/europe-west1' }],
      'compute firewall-rules list --format=json': [{ name: 'k8s-fw-a12', network }],
      'compute addresses list --format=json': [
        { name: 'play-1-jumpbox-ip', region: 'https://x/regions/europe-west1' }
      ],
      'dns managed-zones list --format=json': [{ name: 'play-1-zone', dnsName: 'cf.example.com.' }],
      'compute networks list --format=json': [{ name: 'play-1-network' }]
    })
  )

  it('lists by gcloud, and finds the network of balancers of Kubernetes by their firewall', async () => {
    const { resources, notChecked } = await (await open(variables)).list()
    expect(brief(resources)).toEqual([
      'vm vm-1 vm-1 play-1-network bosh-play-1',
      'disk disk-1 disk-1 - bosh-play-1',
      'load-balancer a12 a12 play-1-network -',
      'load-balancer a12 a12 play-1-network -',
      'firewall k8s-fw-a12 k8s-fw-a12 play-1-network -',
      'address play-1-jumpbox-ip play-1-jumpbox-ip - -',
      'dns play-1-zone play-1-zone - -',
      'network play-1-network play-1-network - -'
    ])
    expect(notChecked.map(({ what }) => what)).toContain('images of stemcells')
  })

  it('deletes where a thing stands, with a key that no argument holds', async () => {
    const cloud = await open(variables)
    for (const resource of (await cloud.list()).resources) await cloud.delete(resource)
    expect((await calls()).filter(call => call.includes('delete'))).toEqual([
      'compute instances delete vm-1 --zone=europe-west1-b --quiet',
      'compute disks delete disk-1 --zone=europe-west1-b --quiet',
      'compute forwarding-rules delete a12 --region=europe-west1 --quiet',
      'compute target-pools delete a12 --region=europe-west1 --quiet',
      'compute firewall-rules delete k8s-fw-a12 --quiet',
      'compute addresses delete play-1-jumpbox-ip --region=europe-west1 --quiet',
      'dns managed-zones delete play-1-zone --quiet',
      'compute networks delete play-1-network --quiet'
    ])
    expect(await readFile(join(root, 'env'), 'utf8')).toContain('CLOUDSDK_CORE_PROJECT=p\n')
  })

  it('does not check what fails, and says why', async () => {
    await program('gcloud', {}, `"compute disks list"*) echo 'ERROR: (gcloud) quota' >&2; exit 1 ;;`)
    const { notChecked } = await (await open(variables)).list()
    expect(notChecked[0]).toMatchObject({
      what: 'disks',
      kinds: ['disk'],
      why: expect.stringContaining('quota') as unknown
    })
  })

  it('does not check anything without its program, and says so', async () => {
    const { resources, notChecked } = await (await open({ ...variables, BBL_IAAS: 'gcp' })).list()
    expect(resources).not.toEqual([])
    expect(notChecked).not.toEqual([])
    const other = await open({ BBL_IAAS: 'openstack' })
    expect((await other.list()).notChecked[0]).toMatchObject({ what: 'VMs', why: 'openstack is not on PATH' })
  })
})

describe('aws', () => {
  const variables = {
    BBL_IAAS: 'aws',
    BBL_AWS_ACCESS_KEY_ID: 'AK',
    BBL_AWS_SECRET_ACCESS_KEY: 'SK',
    BBL_AWS_REGION: 'eu-west-1'
  }
  const tags = [{ Key: 'director', Value: 'bosh-play-1' }]

  it('lists and deletes by aws; a terminated VM and a default group are none', async () => {
    await program('aws', {
      'ec2 describe-instances --output json': {
        Reservations: [
          { Instances: [{ InstanceId: 'i-1', VpcId: 'vpc-1', Tags: tags, State: { Name: 'running' } }] },
          { Instances: [{ InstanceId: 'i-2', Tags: tags, State: { Name: 'terminated' } }] }
        ]
      },
      'ec2 describe-volumes --output json': { Volumes: [{ VolumeId: 'vol-1', Tags: tags }] },
      'elb describe-load-balancers --output json': {
        LoadBalancerDescriptions: [{ LoadBalancerName: 'a77', VPCId: 'vpc-1' }]
      },
      'elbv2 describe-load-balancers --output json': {
        LoadBalancers: [
          { LoadBalancerName: 'play-1-concourse-lb', LoadBalancerArn: 'arn:lb', VpcId: 'vpc-1' }
        ]
      },
      'ec2 describe-security-groups --output json': {
        SecurityGroups: [
          { GroupId: 'sg-1', GroupName: 'k8s-elb-a77', VpcId: 'vpc-1' },
          { GroupId: 'sg-2', GroupName: 'default', VpcId: 'vpc-1' }
        ]
      },
      'ec2 describe-addresses --output json': { Addresses: [{ AllocationId: 'eip-1', PublicIp: '1.2.3.4' }] },
      'ec2 describe-vpcs --output json': {
        Vpcs: [{ VpcId: 'vpc-1', Tags: [{ Key: 'Name', Value: 'play-1-vpc' }] }]
      }
    })
    const cloud = await open(variables)
    const { resources, notChecked } = await cloud.list()
    expect(brief(resources)).toEqual([
      'vm i-1 i-1 vpc-1 bosh-play-1',
      'disk vol-1 vol-1 - bosh-play-1',
      'load-balancer a77 a77 vpc-1 -',
      'load-balancer arn:lb play-1-concourse-lb vpc-1 -',
      'firewall sg-1 k8s-elb-a77 vpc-1 -',
      'address eip-1 1.2.3.4 - -',
      'network vpc-1 play-1-vpc - -'
    ])
    expect(notChecked.map(({ what }) => what)).toContain('hosted zones and their records')
    for (const resource of resources) await cloud.delete(resource)
    expect((await calls()).filter(call => !call.includes('describe'))).toEqual([
      'ec2 terminate-instances --instance-ids i-1',
      'ec2 delete-volume --volume-id vol-1',
      'elb delete-load-balancer --load-balancer-name a77',
      'elbv2 delete-load-balancer --load-balancer-arn arn:lb',
      'ec2 delete-security-group --group-id sg-1',
      'ec2 release-address --allocation-id eip-1',
      'ec2 delete-vpc --vpc-id vpc-1'
    ])
    expect((await calls()).join('\n')).not.toContain('SK')
  })
})

describe('azure', () => {
  it('logs in once, by a file, and takes the resource group for what holds all', async () => {
    const group = '/subscriptions/s/resourceGroups/play-1-bosh/providers'
    await program('az', {
      'resource list --output json': [
        {
          id: `${group}/vm`,
          name: 'vm-1',
          type: 'Microsoft.Compute/virtualMachines',
          resourceGroup: 'PLAY-1-BOSH',
          tags: { director: 'bosh-play-1' }
        },
        {
          id: `${group}/nic`,
          name: 'nic-1',
          type: 'Microsoft.Network/networkInterfaces',
          resourceGroup: 'PLAY-1-BOSH'
        }
      ],
      'group list --output json': [{ name: 'play-1-bosh', tags: null }]
    })
    const cloud = await open({
      BBL_IAAS: 'azure',
      BBL_AZURE_CLIENT_ID: 'me',
      BBL_AZURE_CLIENT_SECRET: 'hush',
      BBL_AZURE_TENANT_ID: 't',
      BBL_AZURE_SUBSCRIPTION_ID: 's'
    })
    const { resources } = await cloud.list()
    expect(brief(resources)).toEqual([
      `vm ${group}/vm vm-1 play-1-bosh bosh-play-1`,
      'network play-1-bosh play-1-bosh - -'
    ])
    for (const resource of resources) await cloud.delete(resource)
    const asked = await calls()
    expect(asked.filter(call => call.startsWith('login'))).toEqual([
      `login --service-principal --username me --password @${root}/azure-secret --tenant t`
    ])
    expect(asked.slice(-2)).toEqual([
      `resource delete --ids ${group}/vm`,
      'group delete --name play-1-bosh --yes'
    ])
  })
})

describe('vsphere', () => {
  it.each([
    ['as newer programs write it', (key: string) => key],
    ['as older programs write it', (key: string) => key.charAt(0).toUpperCase() + key.slice(1)]
  ])('reads custom attributes of VMs, %s; a template is none', async (_, spell) => {
    const vm = (name: string, template: boolean) => ({
      [spell('name')]: name,
      [spell('config')]: { [spell('template')]: template },
      [spell('availableField')]: [{ [spell('key')]: 7, [spell('name')]: 'director' }],
      [spell('customValue')]: [{ [spell('key')]: 7, [spell('value')]: 'bosh-play-1' }]
    })
    await program('govc', {
      'find -json . -type m': ['./vm/play/vm-1', './vm/play/sc-1'],
      'vm.info -json ./vm/play/vm-1 ./vm/play/sc-1': {
        [spell('virtualMachines')]: [vm('vm-1', false), vm('sc-1', true)]
      }
    })
    const cloud = await open({ BBL_IAAS: 'vsphere' })
    const { resources, notChecked } = await cloud.list()
    expect(brief(resources)).toEqual(['vm vm-1 vm-1 - bosh-play-1'])
    expect(notChecked.flatMap(({ kinds }) => kinds)).toContain('disk')
  })
})

describe('openstack', () => {
  it('reads properties of VMs and volumes as maps or as text', async () => {
    await program('openstack', {
      'server list --long -f json': [{ ID: 's-1', Name: 'vm-1', Properties: { director: 'play-1' } }],
      'volume list --long -f json': [
        { ID: 'v-1', Name: 'volume-1', Properties: "director='play-1', job='nats'" }
      ],
      'loadbalancer list -f json': [{ id: 'lb-1', name: 'kube_service_x' }]
    })
    const cloud = await open({ BBL_IAAS: 'openstack', BBL_OPENSTACK_PASSWORD: 'hush' })
    const { resources } = await cloud.list()
    expect(brief(resources)).toEqual([
      'vm s-1 vm-1 - play-1',
      'disk v-1 volume-1 - play-1',
      'load-balancer lb-1 kube_service_x - -'
    ])
    for (const resource of resources) await cloud.delete(resource)
    expect((await calls()).slice(-3)).toEqual([
      'server delete --wait s-1',
      'volume delete v-1',
      'loadbalancer delete --cascade lb-1'
    ])
  })
})
