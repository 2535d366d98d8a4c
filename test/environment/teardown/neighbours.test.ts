import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../../src/core/log.ts'
import { Redactor } from '../../../src/core/redact.ts'
import { directorName } from '../../../src/environment/director-name.ts'
import { iaases, type Iaas } from '../../../src/environment/record.ts'
import { planSweep } from '../../../src/environment/teardown/sweep.ts'
import { openCloud } from '../../../src/tools/clouds/open-cloud.ts'
import type { CloudResource } from '../../../src/tools/clouds/cloud.ts'
import { createPrograms } from '../../../src/tools/exec.ts'
import { createFiles } from '../../../src/tools/files.ts'
import sweepLeftovers from '../../../tasks/sweep-leftovers.ts'
import { openPavedLab, type PavedLab } from '../../failures/torn-down-lab.ts'

/** Names that no record of ours may have beside each other, as they were given before there were records. */
const names = ['play-1', 'play-10'] as const

function deletedFor(environment: string, iaas: Iaas, resources: readonly CloudResource[]): string[] {
  const owner = { environment, director: directorName(environment, iaas), given: new Set<string>() }
  const lines = planSweep(resources, { owner, known: new Set() })
  return lines.filter(({ fate }) => fate === 'delete').map(({ resource }) => resource.id)
}

type Answers = Readonly<Record<string, (environment: string, director: string) => unknown>>

const group = (environment: string): string => `/subscriptions/s/resourceGroups/${environment}-bosh/providers`
const zone = 'https://x/zones/europe-west1-b'

/** What each program lists for an environment: the rows, or under a key the rows. */
const programs: Readonly<Record<Exclude<Iaas, 'lab'>, { program: string; key?: string; answers: Answers }>> =
  {
    gcp: {
      program: 'gcloud',
      answers: {
        'compute instances list': (e, d) => [
          { name: `${e}-jumpbox`, zone, networkInterfaces: [{ network: `https://x/networks/${e}-network` }] },
          { name: `vm-of-${e}`, zone, labels: { director: d } }
        ],
        'compute disks list': (e, d) => [{ name: `disk-of-${e}`, zone, labels: { director: d } }],
        'compute firewall-rules list': e => [
          { name: `k8s-fw-of-${e}`, network: `https://x/networks/${e}-network` }
        ],
        'compute networks list': e => [{ name: `${e}-network` }]
      }
    },
    aws: {
      program: 'aws',
      answers: {
        'ec2 describe-instances': (e, d) => ({
          Reservations: [{ Instances: [{ InstanceId: `i-of-${e}`, Tags: [{ Key: 'director', Value: d }] }] }]
        }),
        'ec2 describe-security-groups': e => ({
          SecurityGroups: [{ GroupId: `sg-of-${e}`, GroupName: 'k8s', VpcId: `vpc-of-${e}` }]
        }),
        'ec2 describe-vpcs': e => ({
          Vpcs: [{ VpcId: `vpc-of-${e}`, Tags: [{ Key: 'Name', Value: `${e}-vpc` }] }]
        })
      }
    },
    azure: {
      program: 'az',
      answers: {
        'resource list': (e, d) => [
          {
            id: `${group(e)}/vm`,
            name: 'vm',
            type: 'Microsoft.Compute/virtualMachines',
            resourceGroup: `${e.toUpperCase()}-BOSH`,
            tags: { director: d }
          }
        ],
        'group list': e => [{ name: `${e}-bosh`, tags: { environment: e } }]
      }
    },
    vsphere: {
      program: 'govc',
      answers: {
        'find ': e => [`./vm/x/vm-of-${e}`],
        'vm.info ': (e, d) => ({
          virtualMachines: [
            {
              name: `vm-of-${e}`,
              config: {},
              availableField: [{ key: 7, name: 'director' }],
              customValue: [{ key: 7, value: d }]
            }
          ]
        })
      }
    },
    openstack: {
      program: 'openstack',
      answers: {
        'server list': (e, d) => [{ ID: `s-of-${e}`, Name: 'vm', Properties: { director: d } }],
        'volume list': (e, d) => [{ ID: `v-of-${e}`, Name: 'volume', Properties: `director='${d}'` }],
        'security group list': e => [{ ID: `g-of-${e}`, Name: `${e}-vms` }],
        'network list': e => [{ ID: `n-of-${e}`, Name: `${e}-network` }]
      }
    }
  }

/** Two answers as one: lists are joined, wherever they lie. */
function joined(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...(one as unknown[]), ...(other as unknown[])]
  if (typeof one !== 'object' || one === null) return one
  const right = other as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, joined(value, right[key])]))
}

async function listingOf(iaas: Exclude<Iaas, 'lab'>): Promise<readonly CloudResource[]> {
  const root = await mkdtemp(join(tmpdir(), 'neighbours-'))
  const { program, answers } = programs[iaas]
  const cases = Object.entries(answers).map(([args, answer]) => {
    const [one, other] = names.map(name => answer(name, directorName(name, iaas)))
    return `"${args}"*) cat <<'END'\n${JSON.stringify(joined(one, other))}\nEND\n;;`
  })
  await writeFile(
    join(root, program),
    `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\n*) echo '[]' ;;\nesac\n`
  )
  await chmod(join(root, program), 0o755)
  const env = { PATH: `${root}:/usr/bin:/bin` }
  const cloud = await openCloud({
    programs: createPrograms({ env, log: createLog(() => undefined), redactor: new Redactor() }),
    files: createFiles(),
    scratch: root,
    variables: { BBL_IAAS: iaas, BBL_GCP_SERVICE_ACCOUNT_KEY: '{"project_id":"p"}' }
  })
  return (await cloud.list()).resources
}

describe('a sweep of play-1 beside play-10', () => {
  it.each(iaases.filter(iaas => iaas !== 'lab'))(
    'lists no thing of the other on %s, and each of its own',
    async iaas => {
      const resources = await listingOf(iaas)
      const ids = resources.map(({ id }) => id)
      expect(ids.length).toBeGreaterThan(1)
      const isOf = (name: string) => (id: string) => new RegExp(`${name}(?!\\d)`).test(id)
      for (const name of names) {
        expect(deletedFor(name, iaas, resources).sort()).toEqual(ids.filter(isOf(name)).sort())
      }
    }
  )

  it('deletes its own in the lab, from the cloud to the report', { timeout: 60_000 }, async () => {
    const lab = await openPavedLab()
    try {
      for (const [index, name] of names.entries()) plant(lab, name, index + 1)
      await lab.bench.write('state/README.md', '')
      const left = () => lab.cloud.list().map(({ name }) => name)
      const [own, others] = names.map(name => left().filter(thing => thing.endsWith(`of ${name}`)))
      expect(own).toHaveLength(5)
      await lab.bench.run(sweepLeftovers, {
        ENVIRONMENT: 'play-1',
        IAAS: 'lab',
        RETRY_PAUSE_SECONDS: '0'
      })
      expect(left().filter(thing => /of play-/.test(thing))).toEqual(others)
      const report = await lab.bench.read('leftovers-stage/report.txt')
      expect(report.split('\n').filter(line => line.startsWith('delete'))).toHaveLength(6)
      expect(report).not.toMatch(/^delete .*play-10/m)
    } finally {
      await lab.close()
    }
  })
})

/** A network by its name alone, a firewall and a load balancer by their network, a VM, a disk and an image by their label. */
function plant({ cloud }: PavedLab, name: string, number: number): void {
  const tags = { director: `bosh-${name}` }
  const network = cloud.createNetwork({ name: `${name}-network`, cidr: `127.9.${number}.0/24` })
  cloud.createFirewall({ name: `f of ${name}`, network: network.cid })
  cloud.createLoadBalancer({ name: `a of ${name}`, network: network.cid, ports: [80] })
  const { cid } = cloud.createStemcell({ name: `s of ${name}`, version: '1', tags })
  const size = { az: 'z1', vmType: 'small', jobs: [], loadBalancers: [] }
  cloud.createVm({ name: `v of ${name}`, ip: `127.9.${number}.9`, stemcell: cid, tags, ...size })
  cloud.createDisk({ name: `d of ${name}`, sizeMiB: 1, az: 'z1', tags })
}

describe('whatever two environments are called', () => {
  const part = fc.stringMatching(/^[a-z0-9.+*?()[\]{}|^$\\-]{1,6}$/)
  const word = fc.stringMatching(/^[a-z0-9]{1,4}$/)
  /** A name, and one that has it as its beginning, its end or inside, or that a pattern made of it would match. */
  const pairs = fc
    .tuple(part, word, fc.constantFrom('prefix', 'suffix', 'inside', 'pattern'))
    .map(([name, more, how]) => {
      const own = `e${name}`
      const other = {
        prefix: `${own}${more}`,
        suffix: `${more}${own}`,
        inside: `${more}${own}${more}`,
        pattern: own.replaceAll(/[^a-z0-9]/g, 'q')
      }[how]
      return [own, other] as const
    })
  const apart = pairs.filter(([own, other]) => own !== other)

  it('neither has a thing of the other (property)', () => {
    fc.assert(
      fc.property(apart, fc.constantFrom(...iaases), ([own, other], iaas) => {
        const things = [`${other}-network`, other, `bosh-${other}`].map((name, index): CloudResource => ({
          kind: 'network',
          id: `name-${index}`,
          name,
          labels: {}
        }))
        const labels = { director: directorName(other, iaas) }
        const labelled: CloudResource = { kind: 'vm', id: 'label', name: 'vm-1', labels }
        const inside: CloudResource = { kind: 'disk', id: 'in', name: 'x', labels: {}, network: 'name-0' }
        expect(deletedFor(own, iaas, [...things, labelled, inside])).toEqual([])
      })
    )
  })
})
