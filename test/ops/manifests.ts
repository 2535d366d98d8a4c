import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOpsFile, type OpsFile } from '../../src/manifest/ops-file.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import type { Value } from '../../src/manifest/value.ts'
import type { Variables } from '../../src/manifest/variables.ts'
import type { CfcrWishes } from '../../src/ops/choose-cfcr.ts'
import { makeCfcr, type MadeManifest } from '../../src/ops/make-cfcr.ts'
import type { Sources } from '../../src/ops/sources.ts'

const folder = join(import.meta.dirname, '..', '..', 'ops')

/** Our ops files of a deployment, by name. */
export function ourOps(deployment: 'cf' | 'cfcr'): ReadonlyMap<string, OpsFile> {
  const names = readdirSync(join(folder, deployment)).filter(name => name.endsWith('.yml'))
  return new Map(
    names.sort().map(name => [name, readOpsFile(readFileSync(join(folder, deployment, name), 'utf8'), name)])
  )
}

const kubelets = {
  configuration: `{k8s-args: {cni-bin-dir: /cni/bin, network-plugin: cni}, kubelet-configuration: {failSwapOn: false}, drain-api-token: x}`,
  properties: `{drain-api-token: x}`
}
const proxies = {
  configuration: `{kube-proxy-configuration: {clusterCIDR: 10.200.0.0/16, iptables: {masqueradeBit: 14}}}`,
  properties: `{api-token: x}`
}

export interface Kind {
  readonly flagsBy: 'configuration' | 'properties'
  readonly etcd?: boolean
  readonly bpm?: boolean
  readonly dns?: boolean
}

/** The parts of a manifest of CFCR by which ours are chosen. */
export function cfcrManifest({ flagsBy, etcd = false, bpm = false, dns = false }: Kind): Value {
  return readYaml(`
name: cfcr
addons: [{name: dns, jobs: [{name: ${dns ? 'bosh-dns' : 'kubo-dns-aliases'}, release: kubo}]}]
releases: [{name: bpm, version: 1.1.8}, {name: docker, version: 35.3.4}, {name: kubo, version: latest, sha1: x}]
instance_groups:
- name: master
  jobs:
  - {name: bpm, release: bpm}
  - {name: flanneld, release: kubo}
  - name: kube-apiserver
    release: kubo
    properties: {k8s-args: {service-cluster-ip-range: 10.100.200.0/24}}
  - {name: etcd, release: kubo, properties: {${etcd ? 'users: [{name: root}, {name: flanneld, password: ((etcd_user_flanneld_password))}]' : ''}}}
- name: worker
  instances: 3
  jobs:
${bpm ? '  - {name: bpm, release: bpm}' : ''}
  - {name: flanneld, release: kubo}
  - {name: docker, release: docker, properties: {bridge: cni0, flannel: true, iptables: false}}
  - {name: kubelet, release: kubo, properties: ${kubelets[flagsBy]}}
  - {name: kube-proxy, release: kubo, properties: ${proxies[flagsBy]}}
variables: [${etcd ? '{name: etcd_user_flanneld_password, type: password}, {name: tls-etcdctl-flanneld, type: certificate}' : ''}]
`)
}

export const customized: CfcrWishes = {
  silk: '2.30.0',
  kubo: '0.44.0+silk.1',
  podIp: 'rescope',
  link: 'shared',
  overlay: '10.255.0.0/16',
  subnetPrefix: 24,
  silkDaemon: '/d/cf/silk_daemon'
}

/** Of upstream's bosh-dns and of scale. */
export const noMore = { withoutOwnDns: undefined, scale: { name: 'scale', operations: [] } }

/** The manifest of CFCR that comes of it. */
export function made(
  manifest: Value,
  wishes: CfcrWishes = customized,
  more: Partial<Sources> & { readonly vars?: Variables } = {}
): MadeManifest {
  const files = ourOps('cfcr')
  const ours = (name: string): OpsFile => files.get(name) ?? { name, operations: [] }
  const sources = { file: 'cfcr.yml', manifest, upstream: [], ...noMore, ours, ...more }
  return makeCfcr(sources, wishes, more.vars ?? {})
}

export function namesOf({ chosen }: MadeManifest): readonly string[] {
  return chosen.map(({ file }) => file)
}

const common = 'nats uaa api cc-worker scheduler router tcp-router doppler log-api credhub'.split(' ')

/** The parts of a manifest of cf-deployment by which ours are chosen. */
export function cfManifest(...more: readonly string[]): Value {
  const groups = [...common, ...more].map(name => `{name: ${name}, azs: [z1, z2], instances: 2, jobs: []}`)
  return readYaml(`
name: cf
instance_groups:
- {name: diego-api, azs: [z1, z2], instances: 2, jobs: [{name: silk-controller, properties: {}}]}
- {name: diego-cell, azs: [z1, z2], instances: 3, jobs: [{name: silk-daemon}, {name: silk-cni}]}
${groups.map(group => `- ${group}`).join('\n')}
system: ((system_domain))
variables: [{name: silk_daemon}]
`)
}
