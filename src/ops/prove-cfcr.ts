import { overlaps, parseCidr } from '../core/cidr.ts'
import type { Finding } from '../core/finding.ts'
import { at, isMap, listAt, textAt, wordAt, type Value } from '../manifest/value.ts'
import { referencesIn } from '../manifest/variables.ts'
import type { CfcrWishes } from './choose-cfcr.ts'
import { jobOf, keysIn, named, namesIn, notFound } from './look.ts'
import { markFindings } from './prove-marks.ts'
import { isAtLeast } from '../core/version.ts'
import { placesIn } from './walk.ts'

/**
 * What keeps a finished manifest of CFCR from being one on SILK: what is left of Flannel, what lacks of SILK, vars without a
 * value, ranges that overlap. `overlay` is SILK's network. An empty list is the proof.
 */
export function cfcrFindings(
  manifest: Value,
  file: string,
  wishes: CfcrWishes,
  overlay: string
): readonly Finding[] {
  return [
    ...flannelLeft(manifest, file),
    ...jobsLacking(manifest, file, wishes),
    ...releasesLacking(manifest, file),
    ...openVars(manifest, file),
    ...rangesOverlapping(manifest, file, overlay),
    ...markFindings(manifest, file)
  ]
}

function flannelLeft(manifest: Value, file: string): Finding[] {
  const findings: Finding[] = []
  for (const { path, key, value } of placesIn(manifest)) {
    if (!/flannel/i.test(`${key} ${typeof value === 'string' ? value : ''}`)) continue
    const isOff = path.endsWith('/name=docker/properties/flannel') && value === false
    if (!isOff) findings.push(notFound(file, path, 'flannel', 'nothing of it'))
  }
  const docker = jobOf(manifest, 'worker', 'docker')
  if (at(docker, 'properties', 'bridge') !== undefined) {
    const path = '/instance_groups/name=worker/jobs/name=docker/properties/bridge'
    findings.push(notFound(file, path, wordAt(docker, 'properties', 'bridge') ?? '?', 'nothing'))
  }
  return findings
}

function jobsLacking(manifest: Value, file: string, { silk, link }: CfcrWishes): Finding[] {
  const wanted: readonly (readonly [string, string, readonly string[]])[] = [
    ...['master', 'worker'].flatMap(group => [
      [group, 'bpm', []] as const,
      [
        group,
        'silk-daemon',
        ['cf_network', 'vpa', ...(isAtLeast(silk, '3.2.0') ? ['iptables'] : [])]
      ] as const,
      [group, 'silk-k8s', ['cf_network']] as const
    ]),
    ['worker', 'silk-cni', ['cf_network', 'vpa']]
  ]
  const findings = wanted.flatMap(([group, name, links]) => {
    const path = `/instance_groups/name=${group}/jobs`
    const jobs = listAt(named(manifest, 'instance_groups', group), 'jobs').filter(
      job => textAt(job, 'name') === name
    )
    const [job] = jobs
    if (job === undefined || jobs.length > 1)
      return [notFound(file, path, `${jobs.length} of it`, `one ${name}`)]
    return [
      ...links
        .filter(link => !isMap(at(job, 'consumes', link)))
        .map(link => notFound(file, `${path}/name=${name}/consumes`, keysIn(job, 'consumes'), link)),
      ...linksFindings(job, `${path}/name=${name}`, file, link),
      ...(name === 'silk-daemon' ? certificateFindings(job, `${path}/name=${name}/properties`, file) : [])
    ]
  })
  const cni = jobOf(manifest, 'worker', 'silk-cni')
  if (cni !== undefined && at(cni, 'properties', 'disable') !== true) {
    const path = '/instance_groups/name=worker/jobs/name=silk-cni/properties/disable'
    findings.push(notFound(file, path, wordAt(cni, 'properties', 'disable') ?? 'nothing', 'true'))
  }
  return findings
}

function linksFindings(job: Value, path: string, file: string, link: CfcrWishes['link']): Finding[] {
  const network = at(job, 'consumes', 'cf_network')
  if (network === undefined) return []
  const keys = link === 'shared' ? ['from', 'deployment'] : ['instances', 'properties']
  return keys
    .filter(key => at(network, key) === undefined)
    .map(key => notFound(file, `${path}/consumes/cf_network`, keysIn(network), key))
}

/** A certificate, or a full path in CredHub: a relative one would be looked up below this deployment, where nobody made it. */
function certificateFindings(job: Value, path: string, file: string): Finding[] {
  return ['ca_cert', 'client_cert', 'client_key'].flatMap(key => {
    const value = textAt(job, 'properties', key) ?? ''
    if (/^\(\(\/[^()]+\.[a-z_]+\)\)$/.test(value) || value.startsWith('-----BEGIN ')) return []
    const found = value.startsWith('((') ? value : value === '' ? 'nothing' : 'a text'
    return [notFound(file, `${path}/${key}`, found, 'a full path in CredHub, ((/DIRECTOR/cf/silk_daemon.…))')]
  })
}

function releasesLacking(manifest: Value, file: string): Finding[] {
  const used = listAt(manifest, 'instance_groups').flatMap(group =>
    listAt(group, 'jobs').map(job => textAt(job, 'release'))
  )
  const lacking = [...new Set(used)].filter(
    name => name !== undefined && named(manifest, 'releases', name) === undefined
  )
  return lacking.map(name => notFound(file, '/releases', namesIn(manifest, 'releases'), name ?? '?'))
}

/** Vars that neither a value nor an entry of `variables` stands for; the Director would stop at the first of them. */
export function openVars(manifest: Value, file: string): Finding[] {
  const made = new Set(listAt(manifest, 'variables').map(variable => textAt(variable, 'name')))
  return referencesIn(manifest)
    .filter(name => !name.startsWith('/') && !made.has(name))
    .map(name => ({
      code: 'var-without-value',
      severity: 'error' as const,
      file,
      path: `((${name}))`,
      message: 'found no value and no entry in /variables, expected one of them',
      hint: `give ${name} a value in the record's vars`
    }))
}

function rangesOverlapping(manifest: Value, file: string, overlay: string): Finding[] {
  const api = jobOf(manifest, 'master', 'kube-apiserver')
  const services =
    textAt(api, 'properties', 'k8s-args', 'service-cluster-ip-range') ??
    textAt(api, 'properties', 'service-cluster-cidr') ??
    // kubo-release v0.17.0–v0.23.0, jobs/kube-apiserver: what it is where the manifest does not say.
    '10.100.200.0/24'
  const ranges: readonly (readonly [string, string])[] = [
    ['SILK', overlay],
    ['services of Kubernetes', services],
    // dockerd's own default, and what bosh-dns and SILK's gateways use.
    ['docker0', '172.17.0.0/16'],
    ['link-local addresses', '169.254.0.0/16']
  ]
  return ranges.flatMap(([whose, text], index) => {
    const range = parseCidr(text)
    if (range === undefined) return [notFound(file, whose, text, 'a range like 10.255.0.0/16')]
    return ranges.slice(index + 1).flatMap(([other, otherText]) => {
      const second = parseCidr(otherText)
      if (second === undefined || !overlaps(range, second)) return []
      const message = `found ${text}, expected a range apart from ${otherText} (${other})`
      return [{ code: 'ranges-overlap', severity: 'error' as const, file, path: whose, message }]
    })
  })
}
