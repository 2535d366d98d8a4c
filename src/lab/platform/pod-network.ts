import { at, isMap, listAt, textAt, textsAt, wordAt, type Value } from '../../manifest/value.ts'
import { readYaml } from '../../manifest/read-yaml.ts'
import type { LabState } from '../lab-service.ts'
import { normalized } from './addresses.ts'
import { jobOf, type Group } from './jobs.ts'
import { controllerOf, membershipOf } from './silk.ts'
import { filesWrittenBy } from './written-files.ts'

/** The network that kubelet puts pods on, or why no pod of that machine comes up. */
export type PodNetwork =
  | PodsOnSilk
  | PodsOnFlannel
  /** `nodeReady`: whether kubelet itself runs and has a configuration that it can read. */
  | { readonly kind: 'none'; readonly nodeReady: boolean; readonly reason: string }

interface Common {
  /** Whether a service's pods see the address of the pod that asks; kube-proxy's `clusterCIDR` decides. */
  readonly podsSeenAsThemselves: boolean
  /** Whether what leaves the pods' network gets the machine's address, without which no answer comes back. */
  readonly egress: boolean
}

export interface PodsOnSilk extends Common {
  readonly kind: 'silk'
}

export interface PodsOnFlannel extends Common {
  readonly kind: 'flannel'
  /** Range of all pods. */
  readonly range: string
}

const defaultConfDir = '/etc/cni/net.d'
const silkPlugins = '/var/vcap/packages/silk-cni/bin'

/**
 * The network of a worker group's pods, from its jobs and properties (kubo-release v0.44.0, docker-boshrelease v35.3.4,
 * silk-release 2.30.0): which CNI configuration kubelet finds, whether it can call what is named there, and whether it
 * learns the pod's address.
 */
export function podNetworkOf(group: Group, state: LabState): PodNetwork {
  const kubelet = jobOf(group, 'kubelet')
  if (kubelet === undefined) return none(false, 'no kubelet runs on it')
  const docker = dockerProblem(group)
  if (docker !== undefined) return none(false, docker)
  const args = at(kubelet.properties, 'k8s-args')
  const confDir = textAt(args, 'cni-conf-dir') ?? defaultConfDir
  const plugins = pluginsIn(group, confDir)
  if (plugins === undefined) return none(false, `cni config uninitialized: nothing in ${confDir}`)
  const missing = plugins.find(plugin => !canCall(group, wordAt(args, 'cni-bin-dir') ?? '', plugin))
  if (missing !== undefined)
    return none(false, `cni config uninitialized: failed to find plugin "${missing}"`)
  if (plugins.includes('flannel')) return flannel(group)
  if (!plugins.includes('silk-cni')) return none(true, `no network of plugins ${plugins.join(', ')}`)
  const membership = membershipOf(group, controllerOf(state))
  if (!membership.joined) {
    return none(true, `silk-cni: no answer on http://127.0.0.1:23954, since ${membership.reason}`)
  }
  if (membership.singleIp) return none(true, 'silk-cni: single_ip_only leaves no addresses for pods')
  // Kubelet asks for an address of scope global; SILK's own is of scope link (silk, cni/lib/link_operations.go).
  if (!plugins.some(plugin => givesGlobalAddress(group, plugin))) {
    return none(true, 'cni failed on the status hook: unexpected address output: no address of scope global')
  }
  return {
    kind: 'silk',
    podsSeenAsThemselves: hasRange(group, controllerOf(state)?.network),
    egress: hasMasquerade(group)
  }
}

function none(nodeReady: boolean, reason: string): PodNetwork {
  return { kind: 'none', nodeReady, reason }
}

/** With `flannel: true` docker sources a file that only flanneld writes. */
function dockerProblem(group: Group): string | undefined {
  const docker = jobOf(group, 'docker')
  if (docker === undefined) return 'no docker runs on it'
  const wantsFlannel = at(docker.properties, 'flannel') === true
  if (!wantsFlannel || jobOf(group, 'flanneld') !== undefined) return undefined
  return 'docker does not start: /run/flannel/subnet.env: No such file or directory'
}

function flannel(group: Group): PodNetwork {
  // silk-daemon deletes flanneld's device at each start (silk-release 2.30.0, jobs/silk-daemon/templates/pre-start).
  if (jobOf(group, 'silk-daemon') !== undefined) {
    return none(true, 'flannel.1 is gone: silk-daemon deletes it on a machine that it shares with flanneld')
  }
  const flanneld = jobOf(group, 'flanneld')
  const range = normalized(textAt(flanneld?.properties, 'pod-network-cidr') ?? '10.200.0.0/16')
  // flanneld runs with --ip-masq (kubo-release v0.44.0, jobs/flanneld/templates/bin/flanneld_ctl.erb).
  return { kind: 'flannel', range, podsSeenAsThemselves: hasRange(group, range), egress: true }
}

/** A plugin that a script installs, and that puts the pod's address into global scope. */
function givesGlobalAddress(group: Group, plugin: string): boolean {
  return writtenByScripts(group).some(
    ([path, content]) => path.endsWith(`/${plugin}`) && /scope global/.test(content)
  )
}

/** Only Cloud Foundry's own CNI wrapper masquerades for SILK; for pods a script has to. */
function hasMasquerade(group: Group): boolean {
  return scriptsOf(group).some(script => /^[^#\n]*\biptables\b.*\bMASQUERADE\b/m.test(script))
}

/** kube-proxy rewrites the source of what comes from outside of its `clusterCIDR`. */
function hasRange(group: Group, range: string | undefined): boolean {
  const configured = textAt(jobOf(group, 'kube-proxy')?.properties, 'kube-proxy-configuration', 'clusterCIDR')
  return configured !== undefined && normalized(configured) === range
}

/** Plugins of the first configuration by name in kubelet's folder; undefined where there is none that it can read. */
function pluginsIn(group: Group, folder: string): readonly string[] | undefined {
  const files = new Map([...writtenByJobs(group), ...writtenByScripts(group)])
  const candidates = [...files].filter(
    ([path]) => path.startsWith(`${folder}/`) && /\.conf(?:list)?$/.test(path)
  )
  for (const [, content] of candidates.sort(([left], [right]) => (left < right ? -1 : 1))) {
    const plugins = readPlugins(content)
    if (plugins.length > 0) return plugins
  }
  return undefined
}

/** flanneld writes its own configuration, into kubelet's default folder. */
function writtenByJobs(group: Group): [string, string][] {
  if (jobOf(group, 'flanneld') === undefined) return []
  const conf = {
    cniVersion: '0.3.1',
    name: 'flannel-network',
    plugins: [{ type: 'flannel' }, { type: 'portmap' }]
  }
  return [[`${defaultConfDir}/50-flannel.conflist`, JSON.stringify(conf)]]
}

/** What pre-start scripts of os-conf write. */
function writtenByScripts(group: Group): [string, string][] {
  return scriptsOf(group).flatMap(script => [...filesWrittenBy(script)])
}

function scriptsOf(group: Group): readonly string[] {
  return group.jobs
    .filter(job => job.name === 'pre-start-script')
    .map(job => textAt(job.properties, 'script') ?? '')
}

function readPlugins(content: string): readonly string[] {
  let conf: Value
  try {
    conf = readYaml(content)
  } catch {
    return []
  }
  const list = listAt(conf, 'plugins').filter(isMap)
  const types = list.length > 0 ? list.map(plugin => textAt(plugin, 'type')) : [textAt(conf, 'type')]
  return types.filter(type => type !== undefined)
}

/** Whether a plugin stands in one of kubelet's folders for them. */
function canCall(group: Group, folders: string, plugin: string): boolean {
  const written = new Map(writtenByScripts(group))
  return folders.split(',').some(folder => {
    if (folder === silkPlugins) {
      return (
        jobOf(group, 'silk-cni') !== undefined && ['silk-cni', 'host-local', 'bandwidth'].includes(plugin)
      )
    }
    if (folder === '/var/vcap/jobs/kubelet/packages/cni/bin') {
      return ['loopback', 'portmap', 'host-local', 'flannel', 'bridge'].includes(plugin)
    }
    return written.has(`${folder}/${plugin}`)
  })
}

/** Ranges of services, from the API server; upstream's default where there is none. */
export function serviceRangeOf(group: Group | undefined): string {
  const args = at(group === undefined ? undefined : jobOf(group, 'kube-apiserver')?.properties, 'k8s-args')
  return normalized(textAt(args, 'service-cluster-ip-range') ?? '10.100.200.0/24')
}

/** Where pods ask for names: kubelet's `clusterDNS`. */
export function clusterDnsOf(group: Group | undefined): string | undefined {
  const configuration = at(
    group === undefined ? undefined : jobOf(group, 'kubelet')?.properties,
    'kubelet-configuration'
  )
  return textsAt(configuration, 'clusterDNS')[0]
}
