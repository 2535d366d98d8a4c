import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desiredNetwork } from '../../../src/lab/network/desired.ts'
import { LabNetwork } from '../../../src/lab/network/lab-network.ts'
import { outside } from '../../../src/lab/network/underlay.ts'
import { verdictByPackets } from '../../../src/lab/network/verdict.ts'
import { wireAddress } from '../../../src/lab/network/wire-address.ts'
import { reach, type Origin } from '../../../src/lab/platform/reach.ts'
import type { Policy, ServicePort, World } from '../../../src/lab/platform/world.ts'
import { builtResident } from '../programs/built.ts'
import { unable, whyNot } from './able.ts'
import { container, machine, sources, world } from './world.ts'

const cellJobs = { rep: {}, 'vxlan-policy-agent': {}, 'silk-cni': { dns_servers: ['169.254.0.2'] } }
const workerJobs = {
  kubelet: { 'kubelet-configuration': { iptablesDropBit: 27 } },
  'kube-proxy': {
    'kube-proxy-configuration': { clusterCIDR: '10.255.0.0/16', iptables: { masqueradeBit: 26 } }
  },
  'silk-k8s': { reconcile_seconds: 1 }
}
const [cellA, cellB] = [
  machine('diego-cell', 0, '127.90.5.11', cellJobs, 1),
  machine('diego-cell', 1, '127.90.5.12', cellJobs, 2)
]
const [workerA, workerB] = [
  machine('worker', 0, '127.90.5.21', workerJobs, 3),
  machine('worker', 1, '127.90.5.22', workerJobs, 4)
]
const master = machine(
  'master',
  0,
  '127.90.5.20',
  { 'kube-apiserver': {}, 'silk-k8s': { kubelet: false, reconcile_seconds: 1 } },
  5
)
const containers = {
  'app-a': container('app/a/0', cellA, '10.255.1.2'),
  'app-a2': container('app/a/1', cellB, '10.255.2.2'),
  'app-b': container('app/b/0', cellA, '10.255.1.3'),
  'pod-a': container('pod/probes/pod-a', workerA, '10.255.3.2'),
  'pod-b': container('pod/probes/pod-b', workerA, '10.255.3.3'),
  'pod-c': container('pod/probes/pod-c', workerB, '10.255.4.2')
}
type Name = keyof typeof containers
const policies: readonly Policy[] = [
  { source: 'a', destination: 'b', protocol: 'tcp', start: 8080, end: 8080 }
]
const services: readonly ServicePort[] = [
  { address: '10.100.200.20', port: 80, targetPort: 8080, nodePort: 30080, backends: ['pod/probes/pod-c'] },
  { address: '10.100.200.21', port: 80, targetPort: 8080, backends: ['pod/probes/pod-b'] },
  { address: '10.100.200.22', port: 80, targetPort: 8080, backends: [] }
]
const lab: World = {
  ...world([cellA, cellB, workerA, workerB, master], Object.values(containers)),
  policies,
  services: () => services,
  kubernetesApi: { address: '10.100.200.1', port: 443 }
}

describe.skipIf(unable !== undefined)(`packets${whyNot}`, () => {
  let network: LabNetwork

  beforeAll(async () => {
    network = await LabNetwork.open({ file: builtResident })
    await network.apply(desiredNetwork(lab, sources))
  })
  afterAll(() => network.close())

  const from = (name: Name): Origin => ({ kind: 'container', id: containers[name].id })
  const verdict = (origin: Origin, address: string, port: number) =>
    verdictByPackets(network, lab, origin, { address, port, deadline: 4000 })
  /** The address that the other side saw, or what became of the connection instead. */
  const seen = async (origin: Origin, address: string, port: number) => {
    const found = await verdict(origin, address, port)
    return found.outcome === 'connected' ? found.source : found.outcome
  }
  const calculated = (origin: Origin, address: string, port: number) => {
    const found = reach(lab, origin, address, port)
    return found.outcome === 'connected' ? found.source : found.outcome
  }

  it('come to the verdicts that the calculation comes to', async () => {
    const names = Object.keys(containers) as Name[]
    const targets = [
      ...names.map(name => [name, containers[name].address, 8080] as const),
      ['pod-a, another port', containers['pod-a'].address, 81] as const,
      ['service on another worker', '10.100.200.20', 80] as const,
      ['service of pod-b', '10.100.200.21', 80] as const,
      ['service without endpoints', '10.100.200.22', 80] as const,
      ['NodePort', workerA.address, 30080] as const,
      ['Kubernetes API', '10.100.200.1', 443] as const
    ]
    const cells = names.flatMap(name =>
      targets.map(([title, address, port]) => ({
        title: `${name} → ${title}`,
        origin: from(name),
        address,
        port
      }))
    )
    const found = await Promise.all(
      cells.map(async ({ title, origin, address, port }) => `${title}: ${await seen(origin, address, port)}`)
    )
    expect(found).toEqual(
      cells.map(({ title, origin, address, port }) => `${title}: ${calculated(origin, address, port)}`)
    )
  })

  it('come from outside to a NodePort whose pod is on another worker, and the pod sees silk-vtep', async () => {
    const asked = await network.ask('outside', {
      address: wireAddress(workerA.address),
      port: 30080,
      deadline: 4000
    })
    expect(asked).toMatchObject({
      outcome: 'answered',
      body: expect.stringContaining('"peer":"10.255.3.0"') as string
    })
  })

  it('leave the overlay with the address of their machine', async () => {
    expect(await seen(from('pod-a'), outside.address, outside.port)).toBe(workerA.address)
    expect(await seen(from('app-a'), outside.address, outside.port)).toBe(cellA.address)
  })

  it('come from machines by their own ends of the overlay', async () => {
    const worker: Origin = { kind: 'machine', instance: workerA.instance.id }
    const masters: Origin = { kind: 'machine', instance: master.instance.id }
    expect(await seen(worker, containers['pod-a'].address, 8080)).toBe('169.254.0.1')
    expect(await seen(worker, containers['pod-c'].address, 8080)).toBe('10.255.3.0')
    expect(await seen(worker, '10.100.200.20', 80)).toBe('10.255.3.0')
    expect(await seen(masters, containers['pod-c'].address, 8080)).toBe('10.255.5.0')
    expect(await seen(masters, containers['app-b'].address, 8080)).toBe('refused')
  })

  it('follow a policy that goes, and a cell that is opened to all', async () => {
    await network.apply(desiredNetwork({ ...lab, policies: [] }, sources))
    expect(await seen(from('app-a'), containers['app-b'].address, 8080)).toBe('refused')
    const open = { ...cellA, isOpen: true }
    const opened = { ...containers, 'app-b': { ...containers['app-b'], machine: open } }
    await network.apply(
      desiredNetwork(
        {
          ...lab,
          policies: [],
          machines: [open, cellB, workerA, workerB, master],
          containers: Object.values(opened)
        },
        sources
      )
    )
    expect(await seen(from('pod-a'), containers['app-b'].address, 8080)).toBe(containers['pod-a'].address)
  })
})
