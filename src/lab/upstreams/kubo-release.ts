import type { ValueMap } from '../../manifest/value.ts'
import { releaseFiles } from './release-files.ts'
import { textFile, type UpstreamRepository } from './repository.ts'

const etcd: ValueMap = { name: 'etcd', type: 'etcd' }
const apiServer: ValueMap = { name: 'kube-apiserver', type: 'kube-apiserver' }
const cloudProvider: ValueMap = { name: 'cloud-provider', type: 'cloud-provider', optional: true }

const readme = `# kubo-release

Jobs of CFCR, as the lab has them: the specs of v0.44.0 with the properties and links by which Kubernetes gets its
network. Nothing here runs.
`

/** The release that CFCR's jobs come from (kubo-release v0.44.0). */
export const kuboRelease: UpstreamRepository = {
  name: 'cloudfoundry-incubator/kubo-release',
  tag: 'v0.44.0',
  date: '2020-07-16',
  files: {
    'README.md': textFile(readme),
    ...releaseFiles({
      name: 'kubo',
      version: '0.44.0',
      packages: ['cni', 'flanneld', 'kubernetes', 'socat'],
      jobs: [
        {
          name: 'flanneld',
          description: 'The overlay network of pods, as upstream ships it.',
          packages: ['flanneld', 'cni'],
          provides: [{ name: 'flanneld', type: 'flanneld' }],
          consumes: [etcd],
          properties: {
            'pod-network-cidr': { description: 'Range of all pods.', default: '10.200.0.0/16' },
            'backend-type': { description: 'How packets cross machines.', default: 'vxlan' },
            vni: { description: 'Number of the overlay.', default: 1 },
            port: { description: 'UDP port of the overlay.', default: 8472 }
          }
        },
        {
          name: 'kubelet',
          description: "Kubernetes' agent on a worker.",
          packages: ['kubernetes', 'cni', 'socat'],
          provides: [{ name: 'kubernetes-workers', type: 'kubernetes-workers' }],
          consumes: [cloudProvider],
          properties: {
            'k8s-args': { description: 'Flags of kubelet.' },
            'kubelet-configuration': { description: 'Its configuration file.' },
            'api-token': { description: 'Token of the workers.' },
            'drain-api-token': { description: 'Token with which a worker drains itself.' }
          }
        },
        {
          name: 'kube-proxy',
          description: 'Service addresses on a worker.',
          packages: ['kubernetes'],
          properties: {
            'kube-proxy-configuration': { description: 'Its configuration file.' },
            'api-token': { description: 'Token of the proxies.' }
          }
        },
        {
          name: 'kube-apiserver',
          description: "Kubernetes' API.",
          packages: ['kubernetes'],
          provides: [apiServer],
          consumes: [etcd, apiServer, cloudProvider],
          properties: {
            'k8s-args': { description: 'Flags of the API server.' },
            'admin-username': { description: 'Who administers the cluster.' },
            'admin-password': { description: "The administrator's token." }
          }
        },
        {
          name: 'kube-controller-manager',
          description: 'Keeps objects as they were asked for.',
          packages: ['kubernetes'],
          consumes: [cloudProvider],
          properties: { 'k8s-args': { description: 'Flags of the controller manager.' } }
        },
        {
          name: 'kube-scheduler',
          description: 'Places pods on workers.',
          packages: ['kubernetes'],
          properties: { 'k8s-args': { description: 'Flags of the scheduler.' } }
        },
        { name: 'kubernetes-dependencies', description: 'Programs that kubelet calls.', packages: ['socat'] },
        {
          name: 'kubernetes-roles',
          description: 'Roles of the system users.',
          packages: ['kubernetes'],
          consumes: [apiServer, cloudProvider]
        },
        {
          name: 'kubo-dns-aliases',
          description: 'Names of masters and of etcd inside the deployment.',
          consumes: [etcd, apiServer]
        },
        {
          name: 'apply-specs',
          description: 'Errand: puts addons into the cluster.',
          isErrand: true,
          packages: ['kubernetes'],
          consumes: [apiServer, cloudProvider],
          properties: {
            addons: { description: 'Which addons.', default: ['coredns', 'metrics-server'] },
            'timeout-sec': { description: 'How long an addon may take.', default: 1200 }
          }
        },
        {
          name: 'smoke-tests',
          description: 'Errand: runs a pod and reaches it.',
          isErrand: true,
          packages: ['kubernetes'],
          consumes: [apiServer]
        }
      ]
    })
  }
}
