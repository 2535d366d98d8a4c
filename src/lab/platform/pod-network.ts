import { at, textAt, textsAt, wordAt } from '../../manifest/value.ts'
import type { LabState } from '../lab-service.ts'
import { normalized } from './addresses.ts'
import { canCall, cniFilesOf, pluginProblem, pluginsIn } from './cni.ts'
import { jobOf, type Group } from './jobs.ts'
import { controllerOf, membershipOf } from './silk.ts'

/** The network that kubelet puts pods on, or why no pod of that machine comes up. */
export type PodNetwork =
  | PodsOnSilk
  | PodsOnFlannel
  /** `nodeReady`: whether kubelet itself runs and has a configuration that it can read. */
  | { readonly kind: 'none'; readonly nodeReady: boolean; readonly reason: string }

interface Common {
  /** Whether a service's pods see the address of the pod that asks; kube-proxy's `clusterCIDR` decides. */
  readonly podsSeenAsThemselves: boolean
}

export interface PodsOnSilk extends Common {
  readonly kind: 'silk'
}

export interface PodsOnFlannel extends Common {
  readonly kind: 'flannel'
  /** Range of all pods. */
  readonly range: string
}

/**
 * The network of a worker group's pods, from its jobs and properties (kubo-release v0.44.0, docker-boshrelease v35.3.4,
 * silk-release 2.30.0, our silk-k8s): which CNI configuration kubelet finds, whether it can call what is named there, and
 * whether it learns the pod's address.
 */
export function podNetworkOf(group: Group, state: LabState): PodNetwork {
  const kubelet = jobOf(group, 'kubelet')
  if (kubelet === undefined) return none(false, 'no kubelet runs on it')
  const docker = dockerProblem(group)
  if (docker !== undefined) return none(false, docker)
  const args = at(kubelet.properties, 'k8s-args')
  const files = cniFilesOf(group)
  const confDir = textAt(args, 'cni-conf-dir') ?? '/etc/cni/net.d'
  const plugins = pluginsIn(files, confDir)
  if (plugins === undefined) return none(false, `cni config uninitialized: nothing in ${confDir}`)
  const missing = plugins.find(plugin => !canCall(files, wordAt(args, 'cni-bin-dir') ?? '', plugin))
  if (missing !== undefined)
    return none(false, `cni config uninitialized: failed to find plugin "${missing}"`)
  if (plugins.includes('flannel')) return flannel(group)
  const isOurs = plugins.includes('silk-k8s')
  const problem = isOurs ? pluginProblem(group, files) : undefined
  if (problem !== undefined) return none(true, problem)
  const controller = controllerOf(state)
  const membership = membershipOf(group, controller)
  if (!membership.joined) {
    return none(true, `silk-cni: no answer on http://127.0.0.1:23954, since ${membership.reason}`)
  }
  if (membership.singleIp) return none(true, 'silk-cni: single_ip_only leaves no addresses for pods')
  // Kubelet asks for an address of scope global; SILK's own is of scope link (silk, cni/lib/link_operations.go).
  if (!isOurs) {
    return none(true, 'cni failed on the status hook: unexpected address output: no address of scope global')
  }
  return { kind: 'silk', podsSeenAsThemselves: hasRange(group, controller?.network) }
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
  return { kind: 'flannel', range, podsSeenAsThemselves: hasRange(group, range) }
}

/** kube-proxy rewrites the source of what comes from outside of its `clusterCIDR`. */
function hasRange(group: Group, range: string | undefined): boolean {
  const configured = textAt(jobOf(group, 'kube-proxy')?.properties, 'kube-proxy-configuration', 'clusterCIDR')
  return configured !== undefined && normalized(configured) === range
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
