import { beforeAll, describe, expect, it } from 'vitest'
import { groupsWith } from '../../src/lab/platform/jobs.ts'
import { assignLeases } from '../../src/lab/platform/leases.ts'
import { podNetworkOf, type PodNetwork } from '../../src/lab/platform/pod-network.ts'
import type { LabState } from '../../src/lab/lab-service.ts'
import type { Value } from '../../src/manifest/value.ts'
import { certificate, runningState, silkCredentials } from './platform/deployed.ts'
import {
  cfcrManifest,
  cfManifest,
  opsOf,
  preStartScript,
  type Changes,
  type ManifestOptions
} from './platform/manifests.ts'

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

/** All of our ops files but some. */
function without(...left: readonly string[]): ManifestOptions {
  return { ops: opsOf('cfcr').filter(name => !left.some(prefix => name.startsWith(prefix))) }
}

const worker = '/instance_groups/name=worker/jobs'

describe('the network that pods get from the deployed manifests', () => {
  it('is SILK, with ways out and services, where all of our ops files are applied', () => {
    expect(podNetwork(deployed({}))).toEqual({ kind: 'silk', podsSeenAsThemselves: true, egress: true })
  })

  it('is Flannel where none of them is', () => {
    expect(podNetwork(deployed({ cfcr: { ops: [] } }))).toMatchObject({ kind: 'flannel', egress: true })
  })

  const changed = (...changes: Changes): ManifestOptions => ({ changes })
  const remove = (path: string): ManifestOptions => changed({ type: 'remove', path })
  const set = (path: string, value: Value): ManifestOptions => changed({ type: 'replace', path, value })
  it.each<[string, Playground, RegExp]>([
    ['CF keeps its network to itself', { cf: { ops: [] } }, /no cf_network link/],
    ['docker waits for flanneld', { cfcr: set(`${worker}/name=docker/properties/flannel`, true) }, /docker/],
    ['the pre-start script is missing', { cfcr: without('50') }, /nothing in/],
    ['no DNS alias leads to the controller', { cfcr: without('40') }, /can't look up silk-controller/],
    ['no silk-cni is installed', { cfcr: remove(`${worker}/name=silk-cni`) }, /plugin "silk-cni"/],
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

  const scriptWith = (edit: (script: string) => string): ManifestOptions =>
    set(`${worker}/name=pre-start-script/properties/script`, edit(preStartScript()))

  it('is none where no plugin gives kubelet an address that it finds', () => {
    const cfcr = scriptWith(script => script.replaceAll('scope global', 'scope link'))
    expect(podNetwork(deployed({ cfcr }))).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/scope global/) as string
    })
  })

  it('has no way out where nothing masquerades', () => {
    const cfcr = scriptWith(script => script.replaceAll('MASQUERADE', 'RETURN'))
    expect(podNetwork(deployed({ cfcr }))).toMatchObject({ kind: 'silk', egress: false })
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
