import { join } from 'node:path'
import type { Sources } from '../../../src/lab/network/silk-k8s-job.ts'
import type { Machine, Placed, World } from '../../../src/lab/platform/world.ts'
import type { ValueMap } from '../../../src/manifest/value.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** The shipped job, and the stand-in for silk-cni. */
export const sources: Sources = {
  job: join(root, 'release', 'jobs', 'silk-k8s', 'templates'),
  silkCni: join(root, 'src', 'lab', 'network', 'silk-cni')
}

type Jobs = Readonly<Record<string, ValueMap>>

/** A machine with jobs and, where a number is given, a share of 10.255.0.0/16. */
export function machine(group: string, index: number, address: string, jobs: Jobs, share?: number): Machine {
  const instance = {
    group,
    index,
    id: `${group}-${index}`,
    az: 'z1',
    ips: [address],
    vmCid: `vm-${group}-${index}`,
    jobs: Object.keys(jobs),
    state: 'running'
  }
  const kubelet = Object.hasOwn(jobs, 'kubelet')
  return {
    instance,
    address,
    group: {
      deployment: { name: 'lab', director: 'bosh', manifest: {}, instances: [instance] },
      name: group,
      jobs: Object.entries(jobs).map(([name, properties]) => ({
        name,
        properties,
        consumes: {},
        provides: {}
      })),
      instances: [instance]
    },
    isOpen: !Object.hasOwn(jobs, 'vxlan-policy-agent'),
    ...(share === undefined
      ? {}
      : { lease: { instance: instance.id, underlay: address, subnet: `10.255.${share}.0/24` } }),
    ...(kubelet ? { pods: { kind: 'silk', podsSeenAsThemselves: true } as const } : {})
  }
}

/** A container in which the probe runs, or what another image holds. */
export function container(id: string, on: Machine, address: string, image = 'lab/probe:1'): Placed {
  const [kind = '', group = ''] = id.split('/')
  return {
    id,
    kind: kind === 'app' ? 'app' : 'pod',
    policyGroup: kind === 'app' ? group : '',
    image,
    machine: on,
    address
  }
}

export function world(machines: readonly Machine[], containers: readonly Placed[] = []): World {
  return { overlay: '10.255.0.0/16', machines, containers, policies: [], egress: [], services: () => [] }
}
