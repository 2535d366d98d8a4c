import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import { readOpsFile } from '../../src/manifest/ops-file.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { at, type Value } from '../../src/manifest/value.ts'
import { withoutOwnDns, type CfcrWishes } from '../../src/ops/choose-cfcr.ts'
import { explainText } from '../../src/ops/explain.ts'
import { jobOf, named } from '../../src/ops/look.ts'
import { cfcrManifest, customized, made, namesOf } from './manifests.ts'

const newest = { flagsBy: 'configuration', etcd: true } as const
const older = { flagsBy: 'properties', dns: true } as const

/** Paths and codes of everything that is found wrong. */
function findingsOf(make: () => unknown): readonly string[] {
  try {
    make()
  } catch (thrown) {
    if (thrown instanceof FindingsError) return thrown.findings.map(({ code, path }) => `${code} ${path}`)
    throw thrown
  }
  return []
}

function withOps(manifest: Value, text: string): Parameters<typeof made>[2] {
  return { manifest, upstream: [readOpsFile(text, 'mine.yml')] }
}

describe('our ops files for a manifest of CFCR', () => {
  it.each<[string, Parameters<typeof cfcrManifest>[0], Partial<CfcrWishes>, readonly string[]]>([
    [
      'with all that kubelet takes by k8s-args',
      { flagsBy: 'configuration' },
      {},
      ['10', '20', '21', '30', '31', '60']
    ],
    ['whose etcd knows flanneld', newest, {}, ['10', '12', '20', '21', '30', '31', '60']],
    ['whose workers have bpm', { ...newest, bpm: true }, {}, ['10', '12', '20', '21', '30', '60']],
    ['with fixed flags', older, { kubo: '0.22.0+silk.1' }, ['10', '24', '25', '30', '31', '60']],
    ['of Kubernetes 1.10', older, { kubo: '0.19.0+silk.1' }, ['10', '24', '30', '31', '60', '62']],
    [
      'and a silk whose daemon wants iptables',
      newest,
      { silk: '3.26.0' },
      ['10', '12', '20', '21', '30', '31', '32', '60']
    ],
    ['and a network by hand', newest, { link: 'by-hand' }, ['10', '12', '20', '21', '30', '31', '60', '70']]
  ])('%s', (_, kind, wishes, numbers) => {
    const result = made(cfcrManifest(kind), { ...customized, ...wishes })
    expect(namesOf(result).map(name => name.slice(0, 2))).toEqual(numbers)
  })

  it('refuse a silk whose jobs have other links', () => {
    expect(findingsOf(() => made(cfcrManifest(newest), { ...customized, silk: '2.10.0' }))).toEqual([
      'cannot-be-had silk'
    ])
  })

  it('failure 22: leaves bosh-dns to the runtime config for every CFCR that brings its own', () => {
    const file = readOpsFile('- {type: remove, path: /addons/name=dns}', withoutOwnDns)
    const kubo = '0.22.0+silk.1'
    expect(namesOf(made(cfcrManifest(older), { ...customized, kubo }, { withoutOwnDns: file }))[0]).toBe(
      withoutOwnDns
    )
    expect(namesOf(made(cfcrManifest(newest), customized, { withoutOwnDns: file }))).not.toContain(
      withoutOwnDns
    )
  })

  it('make kubelet and the job agree on folders, address and network', () => {
    const wishes = { ...customized, podIp: 'nsenter-wrapper', link: 'by-hand', subnetPrefix: 25 } as const
    const wrapper = made(cfcrManifest(newest), wishes).document
    expect(at(jobOf(wrapper, 'worker', 'kubelet'), 'properties', 'k8s-args')).toMatchObject({
      'cni-bin-dir':
        '/var/vcap/jobs/silk-k8s/bin,/var/vcap/packages/silk-cni/bin,/var/vcap/jobs/kubelet/packages/cni/bin',
      'cni-conf-dir': '/var/vcap/jobs/silk-k8s/config/cni'
    })
    expect(at(jobOf(wrapper, 'worker', 'silk-k8s'), 'properties')).toEqual({ pod_ip: 'nsenter-wrapper' })
    expect(at(jobOf(wrapper, 'master', 'silk-k8s'), 'properties')).toEqual({ kubelet: false })
    expect(at(jobOf(wrapper, 'worker', 'silk-daemon'), 'consumes', 'cf_network')).toEqual({
      instances: [],
      properties: { network: '10.255.0.0/16', subnet_prefix_length: 25 }
    })
    expect(named(wrapper, 'releases', 'kubo')).toEqual({ name: 'kubo', version: '0.44.0+silk.1' })
  })
})

describe('a manifest of CFCR that nobody knows', () => {
  it('is refused with everything that was looked for', () => {
    expect(findingsOf(() => made(readYaml('instance_groups: [{name: worker, jobs: []}]')))).toEqual([
      'unknown-manifest /instance_groups',
      'unknown-manifest /releases',
      'unknown-manifest /releases',
      ...Array<string>(4).fill('unknown-manifest /instance_groups/name=worker/jobs')
    ])
  })

  it.each([
    [
      'half of the flags',
      '{type: remove, path: /instance_groups/name=worker/jobs/name=kubelet/properties/k8s-args}',
      'unknown-manifest /instance_groups/name=worker/jobs/name=kubelet/properties'
    ],
    [
      'docker without Flannel',
      '{type: remove, path: /instance_groups/name=worker/jobs/name=docker/properties/flannel}',
      'about-flannel /instance_groups/name=worker/jobs/name=docker/properties/flannel'
    ],
    [
      'half of the user in etcd',
      '{type: remove, path: /instance_groups/name=master/jobs/name=etcd}',
      'unknown-manifest /instance_groups/name=master/jobs/name=etcd/properties/users'
    ]
  ])('is refused with %s', (_, op, expected) => {
    expect(
      findingsOf(() => made(cfcrManifest(newest), customized, withOps(cfcrManifest(newest), `[${op}]`)))
    ).toEqual([expected])
  })

  it('stops an ops file that does not apply, with its operation and path', () => {
    expect(
      findingsOf(() =>
        made(cfcrManifest(newest), customized, withOps(cfcrManifest(newest), '[{type: remove, path: /nope}]'))
      )
    ).toEqual(['ops-file-does-not-apply [0] /nope'])
  })
})

describe('a finished manifest of CFCR', () => {
  const worker = '/instance_groups/name=worker/jobs'
  it.each([
    [
      'services within the overlay',
      '{type: replace, path: /instance_groups/name=master/jobs/name=kube-apiserver/properties/k8s-args/service-cluster-ip-range, value: 10.255.3.0/24}',
      'ranges-overlap SILK'
    ],
    [
      'a second silk-cni',
      `{type: replace, path: ${worker}/-, value: {name: silk-cni, release: kubo, properties: {disable: true}}}`,
      `unknown-manifest ${worker}`
    ],
    [
      'a job whose release is missing',
      `{type: replace, path: ${worker}/-, value: {name: x, release: absent}}`,
      'unknown-manifest /releases'
    ],
    [
      'a var without a value',
      '{type: replace, path: "/tags?/owner", value: ((owner))}',
      'var-without-value ((owner))'
    ]
  ])('is refused with %s', (_, op, expected) => {
    expect(
      findingsOf(() => made(cfcrManifest(newest), customized, withOps(cfcrManifest(newest), `[${op}]`)))
    ).toEqual([expected])
  })

  it('is refused with a certificate that this deployment would look up below itself', () => {
    const relative = { silk_daemon_ca: '((silk_ca.certificate))' }
    const places = ['master', 'worker'].map(
      group => `unknown-manifest /instance_groups/name=${group}/jobs/name=silk-daemon/properties/ca_cert`
    )
    expect(findingsOf(() => made(cfcrManifest(newest), customized, { vars: relative }))).toEqual([
      ...places,
      'var-without-value ((silk_ca))'
    ])
  })

  it('says what each operation did', () => {
    const text = explainText(made(cfcrManifest(newest)).steps)
    expect(text).toContain('20-kubelet-and-kube-proxy.yml\n')
    expect(text).toContain('kube-proxy-configuration/clusterCIDR: 10.200.0.0/16 → ((silk_network))\n')
    expect(text).toContain(
      '/variables/name=tls-etcdctl-flanneld: {"name":"tls-etcdctl-flanneld","type":"certificate"} → removed\n'
    )
  })
})

describe("upstream's ops files about Flannel", () => {
  const flanneld = '/instance_groups/name=worker/jobs/name=flanneld/properties?'
  it.each([
    ['about nothing else', `[{type: replace, path: "${flanneld}/backend-type", value: host-gw}]`],
    [
      'that bring another part of it',
      '[{type: replace, path: /instance_groups/-, value: {name: windows-worker, jobs: [{name: flanneld-windows}]}}, {type: replace, path: "/x?", value: 1}]'
    ]
  ])('are refused where they are %s', (_, text) => {
    expect(
      findingsOf(() => made(cfcrManifest(newest), customized, withOps(cfcrManifest(newest), text)))[0]
    ).toMatch(/^about-flannel /)
  })

  it('are a warning where the rest has its effect', () => {
    const text = `[{type: replace, path: "${flanneld}/pod-network-cidr?", value: 10.1.0.0/16}, {type: replace, path: /instance_groups/name=worker/jobs/name=kube-proxy/properties/kube-proxy-configuration/clusterCIDR, value: 10.1.0.0/16}]`
    const { findings } = made(cfcrManifest(newest), customized, withOps(cfcrManifest(newest), text))
    expect(findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      `warning ${flanneld}/pod-network-cidr`
    ])
    expect(findings[0]?.message).toContain("pods have SILK's network")
  })
})
