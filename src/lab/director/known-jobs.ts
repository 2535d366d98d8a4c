import type { LinkSpec } from './model.ts'

interface Links {
  readonly provides: readonly LinkSpec[]
  readonly consumes: readonly LinkSpec[]
}

const link = (name: string, type = name): LinkSpec => ({ name, type })
const optional = (name: string, type = name): LinkSpec => ({ name, type, optional: true })

/**
 * Links of jobs whose releases the lab only pretends to download: those through which CFCR meets the network of Cloud Foundry,
 * as their specs have them (silk-release, kubo-release v0.44.0, cfcr-etcd-release, the specs of their jobs). Any other job has none.
 */
const knownJobs: Readonly<Record<string, Partial<Links>>> = {
  'silk/silk-controller': { provides: [link('cf_network')], consumes: [optional('database')] },
  'silk/silk-daemon': { consumes: [link('cf_network'), optional('iptables'), link('vpa', 'policy-agent')] },
  'silk/silk-cni': {
    provides: [link('cni_config')],
    consumes: [link('cf_network'), link('vpa', 'policy-agent')]
  },
  'silk/vxlan-policy-agent': {
    provides: [link('vpa', 'policy-agent')],
    consumes: [link('cf_network'), link('cni_config'), optional('iptables')]
  },
  'silk/netmon': { consumes: [optional('iptables')] },
  'silk/iptables-logger': { consumes: [optional('iptables')] },
  'garden-runc/garden': { provides: [link('iptables')] },
  'cfcr-etcd/etcd': { provides: [link('etcd')], consumes: [link('etcd')] },
  'kubo/flanneld': { provides: [link('flanneld')], consumes: [link('etcd')] },
  'kubo/kube-apiserver': {
    provides: [link('kube-apiserver')],
    consumes: [link('etcd'), link('kube-apiserver'), optional('cloud-provider')]
  },
  'kubo/kube-controller-manager': { consumes: [optional('cloud-provider')] },
  'kubo/kubelet': { provides: [link('kubernetes-workers')], consumes: [optional('cloud-provider')] },
  'kubo/kubernetes-roles': { consumes: [link('kube-apiserver'), optional('cloud-provider')] },
  'kubo/kubo-dns-aliases': { consumes: [link('etcd'), link('kube-apiserver')] },
  'kubo/apply-specs': { consumes: [link('kube-apiserver'), optional('cloud-provider')] },
  'kubo/smoke-tests': { consumes: [link('kube-apiserver')] }
}

export function linksOf(release: string, job: string): Links {
  return { provides: [], consumes: [], ...knownJobs[`${release}/${job}`] }
}
