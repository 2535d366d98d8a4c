import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LabState } from '../../src/lab/lab-service.ts'
import type { Verdict } from '../../src/lab/platform/reach.ts'
import type { Value } from '../../src/manifest/value.ts'
import { runningState, silkCredentials } from './platform/deployed.ts'
import { cfcrManifest, cfManifest, type ManifestOptions } from './platform/manifests.ts'
import { openNetwork, type TestNetwork } from './platform/network.ts'

let credentials: Readonly<Record<string, Value>>
let open: TestNetwork[] = []

beforeAll(async () => {
  credentials = await silkCredentials()
})
afterEach(() => {
  for (const each of open) each.close()
  open = []
})

function stateOf(cfcr: ManifestOptions = {}, cf: ManifestOptions = {}): LabState {
  return runningState([cfManifest(cf), cfcrManifest('silk_daemon', cfcr)], credentials)
}

function networkOf(state: LabState): TestNetwork {
  const made = openNetwork(() => state)
  open.push(made)
  return made
}

const probe = 8080

function ask(net: TestNetwork, from: string, to: string, port = probe): Verdict {
  return net.network.reach({ kind: 'container', id: net.idOf(from) }, net.addressOf(to), port)
}

/** The address that the other side sees; what became of the connection where none was opened. */
function seen(net: TestNetwork, from: string, to: string, port = probe): string {
  const verdict = ask(net, from, to, port)
  return verdict.outcome === 'connected' ? verdict.source : verdict.outcome
}

describe('apps and pods on one SILK network', () => {
  it('lets an app reach any pod, and the pod sees the app', () => {
    const net = networkOf(stateOf())
    for (const pod of ['pod-a', 'pod-b', 'pod-c'])
      expect(seen(net, 'app-a', pod)).toBe(net.addressOf('app-a'))
  })

  it('lets pods reach each other as themselves, on one worker and across two', () => {
    const net = networkOf(stateOf())
    for (const pod of ['pod-b', 'pod-c']) expect(seen(net, 'pod-a', pod)).toBe(net.addressOf('pod-a'))
  })

  it('refuses a pod at an app, whatever policies there are', () => {
    const net = networkOf(stateOf())
    net.policies.push({ source: 'a', destination: 'b', protocol: 'tcp', start: 1, end: 65_535 })
    expect(seen(net, 'pod-a', 'app-b')).toBe('refused')
  })

  it('opens apps to each other by policy alone: for its apps, ports, direction and protocol', () => {
    const net = networkOf(stateOf())
    expect(seen(net, 'app-a', 'app-b')).toBe('refused')
    net.policies.push({ source: 'a', destination: 'b', protocol: 'udp', start: probe, end: probe })
    net.policies.push({ source: 'a', destination: 'b', protocol: 'tcp', start: 9000, end: 9001 })
    expect(seen(net, 'app-a', 'app-b')).toBe('refused')
    net.policies.push({ source: 'a', destination: 'b', protocol: 'tcp', start: probe, end: probe })
    expect(seen(net, 'app-a', 'app-b')).toBe(net.addressOf('app-a'))
    expect(seen(net, 'app-b', 'app-a')).toBe('refused')
  })

  it('asks for no policy on cells that enforce none', () => {
    const path =
      '/instance_groups/name=diego-cell/jobs/name=vxlan-policy-agent/properties/disable_container_network_policy?'
    const net = networkOf(stateOf({}, { changes: [{ type: 'replace', path, value: true }] }))
    expect(seen(net, 'app-a', 'app-b')).toBe(net.addressOf('app-a'))
    expect(seen(net, 'pod-a', 'app-a')).toBe(net.addressOf('pod-a'))
  })

  it('refuses a port on which nothing listens, and reaches no address that nobody has', () => {
    const net = networkOf(stateOf())
    expect(seen(net, 'app-a', 'pod-a', 81)).toBe('refused')
    const from = { kind: 'container', id: net.idOf('pod-a') } as const
    expect(net.network.reach(from, '10.255.200.9', probe).outcome).toBe('unreachable')
  })

  it('gives machines of the overlay a way to its containers', () => {
    const net = networkOf(stateOf())
    const { instance, lease } = net.machineOf('pod-c')
    const verdict = net.network.reach(
      { kind: 'machine', instance: instance.id },
      net.addressOf('pod-a'),
      probe
    )
    expect(verdict).toMatchObject({
      outcome: 'connected',
      source: lease?.subnet.replace(/\/\d+$/, '')
    })
  })

  it('takes each address from the share of its machine', () => {
    const net = networkOf(stateOf())
    for (const name of ['app-a', 'app-b', 'pod-a', 'pod-b', 'pod-c']) {
      const share = net.machineOf(name).lease?.subnet.replace(/\.0\/24$/, '.') ?? 'none'
      expect(net.addressOf(name).startsWith(share)).toBe(true)
    }
    const addresses = ['app-a', 'app-b', 'pod-a', 'pod-b', 'pod-c'].map(name => net.addressOf(name))
    expect(new Set(addresses).size).toBe(5)
  })

  it('loses containers with their machine, and follows what is deployed next', () => {
    let state = stateOf()
    const net = openNetwork(() => state)
    open.push(net)
    expect(seen(net, 'app-a', 'pod-a')).toBe(net.addressOf('app-a'))
    state = runningState([cfManifest()], credentials)
    expect(net.network.find(net.idOf('pod-a'))).toBeUndefined()
    expect(net.network.find(net.idOf('app-a'))).toBeDefined()
  })
})

describe('CFCR beside Cloud Foundry, on Flannel', () => {
  it('joins pods to each other and to nothing of Cloud Foundry', () => {
    const net = networkOf(stateOf({ ops: [] }))
    expect(net.addressOf('pod-a')).toMatch(/^10\.200\./)
    expect(seen(net, 'pod-a', 'pod-c')).toBe(net.addressOf('pod-a'))
    expect(ask(net, 'app-a', 'pod-a').outcome).not.toBe('connected')
    expect(ask(net, 'pod-a', 'app-a').outcome).not.toBe('connected')
  })

  it('has workers ask by the bridge of their own pods, and by flannel.1 those of others', () => {
    const net = networkOf(stateOf({ ops: [] }))
    const from = { kind: 'machine', instance: net.machineOf('pod-a').instance.id } as const
    const sourceOf = (to: string): string => {
      const verdict = net.network.reach(from, net.addressOf(to), probe)
      return verdict.outcome === 'connected' ? verdict.source : verdict.outcome
    }
    const subnet = net.addressOf('pod-a').replace(/\d+$/, '')
    expect([sourceOf('pod-a'), sourceOf('pod-c')]).toEqual([`${subnet}1`, `${subnet}0`])
  })
})

describe('services of Kubernetes', () => {
  const service = { address: '10.100.200.7', port: 80, targetPort: probe }

  function behind(net: TestNetwork, backend: string, from = 'pod-a'): string {
    net.services.push({ ...service, backends: [net.idOf(backend)] })
    const verdict = net.network.reach(
      { kind: 'container', id: net.idOf(from) },
      service.address,
      service.port
    )
    return verdict.outcome === 'connected' ? verdict.source : verdict.outcome
  }

  it('lead to a pod that sees who asks', () => {
    const net = networkOf(stateOf())
    expect(behind(net, 'pod-c')).toBe(net.addressOf('pod-a'))
  })

  it('lead to a pod that sees the end of the overlay where kube-proxy takes pods for strangers', () => {
    const path =
      '/instance_groups/name=worker/jobs/name=kube-proxy/properties/kube-proxy-configuration/clusterCIDR'
    const net = networkOf(stateOf({ changes: [{ type: 'replace', path, value: '10.200.0.0/16' }] }))
    expect(`${behind(net, 'pod-c')}/24`).toBe(net.machineOf('pod-a').lease?.subnet)
  })

  it('lead a pod to itself by an address of its worker: on SILK that of bosh-dns, on Flannel that of the bridge', () => {
    expect(behind(networkOf(stateOf()), 'pod-a')).toBe('169.254.0.2')
    const onFlannel = networkOf(stateOf({ ops: [] }))
    expect(behind(onFlannel, 'pod-a')).toBe(onFlannel.addressOf('pod-a').replace(/\d+$/, '1'))
  })

  it('refuse where no pod stands behind them', () => {
    const net = networkOf(stateOf())
    net.services.push({ ...service, backends: [] })
    const from = { kind: 'container', id: net.idOf('pod-a') } as const
    expect(net.network.reach(from, service.address, service.port).outcome).toBe('refused')
  })

  it('include the API itself, which sees the machine of who asks', () => {
    const net = networkOf(stateOf())
    const from = { kind: 'container', id: net.idOf('pod-a') } as const
    expect(net.network.reach(from, '10.100.200.1', 443)).toMatchObject({
      outcome: 'connected',
      source: net.machineOf('pod-a').address
    })
  })
})
