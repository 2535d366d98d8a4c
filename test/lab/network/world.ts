import type { Machine, Placed, World } from '../../../src/lab/platform/world.ts'
import type { ValueMap } from '../../../src/manifest/value.ts'

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

/** A container in which the probe runs. */
export function container(id: string, on: Machine, address: string): Placed {
  const [kind = '', group = ''] = id.split('/')
  return {
    id,
    kind: kind === 'app' ? 'app' : 'pod',
    policyGroup: kind === 'app' ? group : '',
    image: 'lab/probe:1',
    machine: on,
    address
  }
}

export function world(machines: readonly Machine[], containers: readonly Placed[] = []): World {
  return { overlay: '10.255.0.0/16', machines, containers, policies: [], services: () => [] }
}
