import { beforeAll, describe, expect, it } from 'vitest'
import { groupsWith } from '../../src/lab/platform/jobs.ts'
import { assignLeases } from '../../src/lab/platform/leases.ts'
import { podNetworkOf, type PodNetwork } from '../../src/lab/platform/pod-network.ts'
import type { LabState } from '../../src/lab/lab-service.ts'
import type { Value } from '../../src/manifest/value.ts'
import { certificate, runningState, silkCredentials } from './platform/deployed.ts'
import { cfcrManifest, cfManifest, type Changes, type ManifestOptions } from './platform/manifests.ts'

let credentials: Readonly<Record<string, Value>>
let strangers: Readonly<Record<string, Value>>

beforeAll(async () => {
  credentials = await silkCredentials()
  const other = await certificate({ is_ca: true, common_name: 'another' })
  strangers = {
    ...credentials,
    silk_daemon: await certificate({ ca: 'another', common_name: 'silk-daemon' }, other)
  }
})

interface Playground {
  readonly cf?: ManifestOptions
  readonly cfcr?: ManifestOptions
}

function deployed({ cf = {}, cfcr = {} }: Playground, known = credentials): LabState {
  return runningState([cfManifest(cf), cfcrManifest('silk_daemon', cfcr)], known)
}

function podNetwork(state: LabState): PodNetwork {
  const [workers] = groupsWith(state, 'kubelet')
  if (workers === undefined) throw new Error('no workers')
  return podNetworkOf(workers, state)
}

const worker = '/instance_groups/name=worker/jobs'

describe('the network that pods get from the deployed manifests', () => {
  it('is SILK, with ways out and services, where all of our ops files are applied', () => {
    expect(podNetwork(deployed({}))).toEqual({ kind: 'silk', podsSeenAsThemselves: true })
  })

  it('is Flannel where none of them is', () => {
    expect(podNetwork(deployed({ cfcr: { ops: [] } }))).toMatchObject({
      kind: 'flannel',
      podsSeenAsThemselves: true
    })
  })

  const changed = (...changes: Changes): ManifestOptions => ({ changes })
  const remove = (path: string): ManifestOptions => changed({ type: 'remove', path })
  const set = (path: string, value: Value): ManifestOptions => changed({ type: 'replace', path, value })
  it.each<[string, Playground, RegExp]>([
    ['CF keeps its network to itself', { cf: { ops: [] } }, /no cf_network link/],
    ['docker waits for flanneld', { cfcr: set(`${worker}/name=docker/properties/flannel`, true) }, /docker/],
    ['our job is missing', { cfcr: remove(`${worker}/name=silk-k8s`) }, /nothing in .*silk-k8s/],
    [
      'our job serves no kubelet',
      { cfcr: set(`${worker}/name=silk-k8s/properties/kubelet?`, false) },
      /nothing in/
    ],
    [
      'no DNS alias leads to the controller',
      { cfcr: set(`${worker}/name=silk-k8s/properties/cf?/deployment`, 'other') },
      /can't look up silk-controller/
    ],
    ['no silk-cni is installed', { cfcr: remove(`${worker}/name=silk-cni`) }, /there is no silk-cni/],
    [
      'silk-daemon listens elsewhere',
      { cfcr: set(`${worker}/name=silk-daemon/properties/listen_port?`, 23955) },
      /23954, since silk-daemon listens on 23955/
    ],
    ['no silk-daemon runs', { cfcr: remove(`${worker}/name=silk-daemon`) }, /no silk-daemon/],
    [
      'kubelet looks for plugins elsewhere',
      { cfcr: set(`${worker}/name=kubelet/properties/k8s-args/cni-bin-dir`, '/opt/cni/bin') },
      /failed to find plugin/
    ],
    [
      'kubelet looks for its configuration elsewhere',
      { cfcr: set(`${worker}/name=kubelet/properties/k8s-args/cni-conf-dir`, '/etc/cni/net.d') },
      /nothing in \/etc\/cni\/net.d/
    ],
    [
      'the two want shares of different size',
      {
        cf: {
          changes: [
            {
              type: 'replace',
              path: '/instance_groups/name=diego-api/jobs/name=silk-controller/properties/subnet_prefix_length?',
              value: 26
            }
          ]
        },
        cfcr: set(`${worker}/name=silk-daemon/consumes/cf_network`, {
          instances: [],
          properties: { network: '10.255.0.0/16', subnet_prefix_length: 24 }
        })
      },
      /wants a share of 10.255.0.0\/16 by \/24, silk-controller gives 10.255.0.0\/16 by \/26/
    ],
    [
      'the daemon takes single addresses',
      { cfcr: set(`${worker}/name=silk-daemon/properties/single_ip_only?`, true) },
      /single_ip_only/
    ]
  ])('is none where %s', (_, playground, reason) => {
    expect(podNetwork(deployed(playground))).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(reason) as string
    })
  })

  it('is none where the certificate is of another authority', () => {
    expect(podNetwork(deployed({}, strangers))).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/does not trust/) as string
    })
  })

  it('is none without Cloud Foundry', () => {
    const state = runningState([cfcrManifest('silk_daemon')], credentials)
    expect(podNetwork(state)).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/no silk-controller runs/) as string
    })
  })

  it("is none where kubelet calls silk-cni as Garden does, and finds no pod's address", () => {
    const flags = `${worker}/name=kubelet/properties/k8s-args`
    const cfcr = changed(
      { type: 'replace', path: `${worker}/name=silk-cni/properties/disable`, value: false },
      { type: 'replace', path: `${flags}/cni-conf-dir`, value: '/var/vcap/jobs/silk-cni/config/cni' }
    )
    expect(podNetwork(deployed({ cfcr }))).toEqual({
      kind: 'none',
      nodeReady: true,
      reason: 'cni failed on the status hook: unexpected address output: no address of scope global'
    })
  })

  it('lets kube-proxy take pods for strangers where its range is another', () => {
    const path = `${worker}/name=kube-proxy/properties/kube-proxy-configuration/clusterCIDR`
    expect(podNetwork(deployed({ cfcr: set(path, '10.200.0.0/16') }))).toMatchObject({
      podsSeenAsThemselves: false
    })
  })
})

describe('shares of the overlay', () => {
  it('go to cells, masters and workers, each one its own, and leave the first block', () => {
    const leases = assignLeases(deployed({}), [])
    const groups = leases.map(({ instance }) => instance.replace(/-\d+$/, ''))
    expect(new Set(groups)).toEqual(new Set(['diego-cell', 'master', 'worker']))
    const subnets = leases.map(({ subnet }) => subnet)
    expect(new Set(subnets).size).toBe(subnets.length)
    expect(subnets).not.toContain('10.255.0.0/24')
    expect(subnets.every(subnet => /^10\.255\.\d+\.0\/24$/.test(subnet))).toBe(true)
  })

  it('stay with a machine when others come before it, and go when it does', () => {
    const alone = runningState([cfManifest()], credentials)
    const first = assignLeases(alone, [])
    const both = assignLeases(deployed({}), first)
    expect(both).toEqual(expect.arrayContaining([...first]))
    expect(assignLeases(alone, both)).toEqual(first)
  })

  it('go no further than there are', () => {
    const small = {
      type: 'replace',
      path: '/instance_groups/name=diego-api/jobs/name=silk-controller'
    } as const
    const cf = {
      changes: [{ ...small, path: `${small.path}/properties/network?`, value: '10.255.0.0/22' }]
    }
    const leases = assignLeases(runningState([cfManifest(cf)], credentials), [])
    expect(leases.length).toBeLessThanOrEqual(3)
    expect(leases.length).toBeGreaterThan(0)
  })
})
