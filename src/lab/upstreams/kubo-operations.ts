import type { Value } from '../../manifest/value.ts'
import { kuboSourceReleases } from './kubo-releases.ts'
import { replaceOp, yamlFile, type RepositoryFile } from './repository.ts'

const master = '/instance_groups/name=master'
const worker = '/instance_groups/name=worker'
const addons = '/instance_groups/name=apply-addons'
const groups = [master, worker, addons]

const operations: Readonly<Record<string, { readonly purpose: string; readonly ops: Value[] }>> = {
  'add-hostname-to-master-certificate': {
    purpose: 'Another name that the API answers to.',
    ops: [replaceOp('/variables/name=tls-kubernetes/options/alternative_names/-', '((api-hostname))')]
  },
  'allow-privileged-containers': {
    purpose: 'Pods may ask for all of the machine.',
    ops: [replaceOp(`${master}/jobs/name=kube-apiserver/properties/k8s-args/allow-privileged?`, true)]
  },
  'change-cidrs': {
    purpose: 'Other ranges for services and pods. It needs flanneld, so it comes before ops that remove it.',
    ops: [
      replaceOp(
        `${master}/jobs/name=kube-apiserver/properties/k8s-args/service-cluster-ip-range`,
        '((service_cluster_cidr))'
      ),
      replaceOp(
        '/variables/name=tls-kubernetes/options/alternative_names/0',
        '((first_ip_of_service_cluster_cidr))'
      ),
      replaceOp(`${worker}/jobs/name=kubelet/properties/kubelet-configuration/clusterDNS`, [
        '((kubedns_service_ip))'
      ]),
      replaceOp(
        `${worker}/jobs/name=kube-proxy/properties/kube-proxy-configuration/clusterCIDR`,
        '((pod_network_cidr))'
      ),
      replaceOp(`${master}/jobs/name=flanneld/properties/pod-network-cidr?`, '((pod_network_cidr))'),
      replaceOp(`${worker}/jobs/name=flanneld/properties/pod-network-cidr?`, '((pod_network_cidr))')
    ]
  },
  'kubo-local-release': {
    purpose: 'The kubo release from a folder beside this one.',
    ops: [
      replaceOp('/releases/name=kubo', { name: 'kubo', version: 'create', url: 'file://../kubo-release' })
    ]
  },
  'misc/scale-to-one-az': {
    purpose: 'One instance of each group, in one availability zone.',
    ops: groups.flatMap(group => [replaceOp(`${group}/instances`, 1), replaceOp(`${group}/azs`, ['z1'])])
  },
  'misc/single-master': { purpose: 'One master.', ops: [replaceOp(`${master}/instances`, 1)] },
  'misc/small-vm': {
    purpose: 'The smallest machines.',
    ops: groups.map(group => replaceOp(`${group}/vm_type`, 'minimal'))
  },
  'misc/version': {
    purpose: 'A version of the kubo release that the Director has already.',
    ops: [replaceOp('/releases/name=kubo', { name: 'kubo', version: '((kubo_version))' })]
  },
  'non-precompiled-releases': {
    purpose: 'Source releases, for another stemcell.',
    ops: [replaceOp('/releases', kuboSourceReleases())]
  },
  rename: { purpose: 'Another name for the deployment.', ops: [replaceOp('/name', '((deployment_name))')] },
  'use-vm-extensions': {
    purpose: "Cloud properties of masters and workers, from the cloud config's vm_extensions.",
    ops: [
      replaceOp(`${master}/vm_extensions?/-`, '((deployment_name))-master-cloud-properties'),
      replaceOp(`${worker}/vm_extensions?/-`, '((deployment_name))-worker-cloud-properties')
    ]
  },
  'vm-types': {
    purpose: 'Other machines.',
    ops: [
      replaceOp(`${master}/vm_type`, '((master_vm_type))'),
      replaceOp(`${worker}/vm_type`, '((worker_vm_type))'),
      replaceOp(`${addons}/vm_type`, '((apply_addons_vm_type))')
    ]
  },
  worker_count: {
    purpose: 'More or fewer workers.',
    ops: [replaceOp(`${worker}/instances`, '((worker_count))')]
  }
}

/** The ops files, by their paths. */
export const kuboOperations: Readonly<Record<string, RepositoryFile>> = Object.fromEntries(
  Object.entries(operations).map(([name, { purpose, ops }]) => [
    `manifests/ops-files/${name}.yml`,
    yamlFile(purpose, ops)
  ])
)
