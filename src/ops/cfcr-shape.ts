import { FindingsError, type Finding } from '../core/finding.ts'
import { at, wordAt, type Value } from '../manifest/value.ts'
import { jobOf, keysIn, named, namesIn, notFound } from './look.ts'

/** What of CFCR's manifest decides how SILK takes Flannel's place. */
export interface CfcrShape {
  /**
   * How kubelet and kube-proxy are told of a network: by any flag and any key of their configuration (kubo-release v0.23.3,
   * first seen in kubo-deployment v0.24.0), or by properties that only the customized release has.
   */
  readonly flagsBy: 'configuration' | 'properties'
  /** Whether etcd has a user for flanneld, and CredHub a password and a certificate (kubo-deployment v0.32.0). */
  readonly etcdKnowsFlannel: boolean
  readonly workersHaveBpm: boolean
}

/**
 * Reads a manifest of CFCR as upstream's ops files leave it. Throws a FindingsError that names everything that was looked for
 * and not found: of such a manifest nobody can say that SILK works in it.
 */
export function readCfcrShape(manifest: Value, file: string): CfcrShape {
  const findings: Finding[] = []
  const job = (group: string, name: string): Value | undefined => {
    const found = jobOf(manifest, group, name)
    if (found === undefined && named(manifest, 'instance_groups', group) !== undefined) {
      const jobs = namesIn(named(manifest, 'instance_groups', group), 'jobs')
      findings.push(notFound(file, `/instance_groups/name=${group}/jobs`, jobs, name))
    }
    return found
  }
  for (const group of ['master', 'worker']) {
    if (named(manifest, 'instance_groups', group) !== undefined) continue
    findings.push(notFound(file, '/instance_groups', namesIn(manifest, 'instance_groups'), group))
  }
  for (const release of ['bpm', 'kubo']) {
    if (named(manifest, 'releases', release) !== undefined) continue
    findings.push(notFound(file, '/releases', namesIn(manifest, 'releases'), release))
  }
  for (const name of ['flanneld', 'bpm', 'kube-apiserver']) job('master', name)
  job('worker', 'flanneld')
  const docker = job('worker', 'docker')
  if (docker !== undefined && at(docker, 'properties', 'flannel') !== true) {
    const found = wordAt(docker, 'properties', 'flannel') ?? 'nothing'
    findings.push(
      notFound(file, '/instance_groups/name=worker/jobs/name=docker/properties/flannel', found, 'true')
    )
  }
  const flagsBy = readFlags(job('worker', 'kubelet'), job('worker', 'kube-proxy'), file, findings)
  const etcdKnowsFlannel = readEtcd(manifest, file, findings)
  if (findings.length > 0) {
    throw new FindingsError(findings, {
      hint: 'take a version of kubo-deployment from v0.17.0 to v0.44.0, and leave out the ops files that change these places'
    })
  }
  return {
    flagsBy,
    etcdKnowsFlannel,
    workersHaveBpm: jobOf(manifest, 'worker', 'bpm') !== undefined
  }
}

function readFlags(
  kubelet: Value | undefined,
  kubeProxy: Value | undefined,
  file: string,
  findings: Finding[]
): CfcrShape['flagsBy'] {
  if (kubelet === undefined || kubeProxy === undefined) return 'configuration'
  const places: readonly (readonly [string, Value, readonly string[]])[] = [
    ['kubelet', kubelet, ['k8s-args', 'cni-bin-dir']],
    ['kubelet', kubelet, ['kubelet-configuration']],
    ['kube-proxy', kubeProxy, ['kube-proxy-configuration', 'clusterCIDR']]
  ]
  const missing = places.filter(([, job, keys]) => at(job, 'properties', ...keys) === undefined)
  if (missing.length === 0) return 'configuration'
  // Without any of them it is an older one, if it has what kubelet had from the first of them to the last.
  const isOlder = at(kubelet, 'properties', 'drain-api-token') !== undefined
  if (missing.length === places.length && isOlder) return 'properties'
  for (const [name, job, keys] of missing) {
    const path = `/instance_groups/name=worker/jobs/name=${name}/properties`
    findings.push(notFound(file, path, keysIn(job, 'properties'), keys.join('/')))
  }
  return 'configuration'
}

/** All three or none: one alone is left of a manifest that somebody has changed. */
function readEtcd(manifest: Value, file: string, findings: Finding[]): boolean {
  const etcd = jobOf(manifest, 'master', 'etcd')
  const places: readonly (readonly [string, Value | undefined, string, string])[] = [
    [
      '/instance_groups/name=master/jobs/name=etcd/properties/users',
      at(etcd, 'properties'),
      'users',
      'flanneld'
    ],
    ['/variables', manifest, 'variables', 'etcd_user_flanneld_password'],
    ['/variables', manifest, 'variables', 'tls-etcdctl-flanneld']
  ]
  const missing = places.filter(([, holder, list, name]) => named(holder, list, name) === undefined)
  if (missing.length === places.length) return false
  for (const [path, holder, list, name] of missing) {
    findings.push(notFound(file, path, list === 'users' ? namesIn(holder, list) : 'no such variable', name))
  }
  return true
}
