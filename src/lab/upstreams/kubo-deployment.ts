import type { Value } from '../../manifest/value.ts'
import { kuboGroups } from './kubo-groups.ts'
import { kuboOperations } from './kubo-operations.ts'
import { kuboReleases } from './kubo-releases.ts'
import { scriptFile, textFile, yamlFile, type UpstreamRepository } from './repository.ts'
import { authority, certificate, passwords } from './variables.ts'

const variables: Value[] = [
  ...passwords(
    'kubo-admin-password',
    'kubelet-password',
    'kubelet-drain-password',
    'kube-proxy-password',
    'kube-controller-manager-password',
    'kube-scheduler-password',
    'etcd_user_root_password',
    'etcd_user_flanneld_password'
  ),
  authority('kubo_ca', 'ca'),
  certificate('tls-kubelet', {
    ca: 'kubo_ca',
    commonName: 'kubelet.cfcr.internal',
    alternativeNames: [],
    organization: 'system:nodes'
  }),
  certificate('tls-kubelet-client', {
    ca: 'kubo_ca',
    commonName: 'kube-apiserver.cfcr.internal',
    usage: ['client_auth'],
    organization: 'system:masters'
  }),
  certificate('tls-kubernetes', {
    ca: 'kubo_ca',
    commonName: 'master.cfcr.internal',
    alternativeNames: [
      '10.100.200.1',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      'master.cfcr.internal'
    ],
    organization: 'system:masters'
  }),
  { name: 'service-account-key', type: 'rsa' },
  certificate('tls-kube-controller-manager', {
    ca: 'kubo_ca',
    commonName: 'kube-controller-manager',
    alternativeNames: ['localhost', '127.0.0.1'],
    usage: ['server_auth']
  }),
  authority('etcd_ca', 'etcd.ca'),
  certificate('tls-etcd-v0-29-0', {
    ca: 'etcd_ca',
    commonName: '*.etcd.cfcr.internal',
    usage: ['client_auth', 'server_auth']
  }),
  certificate('tls-etcdctl-v0-29-0', { ca: 'etcd_ca', commonName: 'etcdClient', usage: ['client_auth'] }),
  certificate('tls-etcdctl-root', { ca: 'etcd_ca', commonName: 'root', usage: ['client_auth'] }),
  certificate('tls-etcdctl-flanneld', { ca: 'etcd_ca', commonName: 'flanneld', usage: ['client_auth'] }),
  certificate('tls-metrics-server', {
    ca: 'kubo_ca',
    commonName: 'metrics-server',
    alternativeNames: ['metrics-server.kube-system.svc']
  })
]

const manifest: Value = {
  name: 'cfcr',
  addons: [
    {
      name: 'bosh-dns-aliases',
      include: { stemcell: [{ os: 'ubuntu-xenial' }] },
      jobs: [{ name: 'kubo-dns-aliases', release: 'kubo' }]
    }
  ],
  features: { use_dns_addresses: true },
  instance_groups: [...kuboGroups],
  releases: kuboReleases(),
  stemcells: [{ alias: 'default', os: 'ubuntu-xenial', version: '621.76' }],
  update: {
    canaries: 1,
    max_in_flight: 1,
    canary_watch_time: '10000-300000',
    update_watch_time: '10000-300000'
  },
  variables
}

/** Takes the cluster's credentials from a CredHub that the caller is logged in to. */
const setKubeconfig = `#!/usr/bin/env bash
set -eu -o pipefail

if [[ $# -ne 2 || ! $1 =~ ^[-_A-Za-z0-9]+/[-_A-Za-z0-9]+$ ]]; then
  echo "usage: $(basename "$0") <director>/<deployment> <API server URL>" >&2
  exit 1
fi
cluster=$1
server=$2

ca=$(mktemp)
trap 'rm -f "$ca"' EXIT
credhub get --name "$cluster/tls-kubernetes" --key ca >"$ca"
token=$(credhub get --name "$cluster/kubo-admin-password" --quiet)

name="cfcr/$cluster"
kubectl config set-cluster "$name" --server="$server" --certificate-authority="$ca" --embed-certs=true
kubectl config set-credentials "$name/cfcr-admin" --token="$token"
kubectl config set-context "$name" --cluster="$name" --user="$name/cfcr-admin"
kubectl config use-context "$name"
`

const readme = `# kubo-deployment

CFCR (Kubernetes by BOSH), as the lab has it: its manifest with the jobs, properties and variables of v0.44.0 that
decide how its network is made, under their real names. Deploy \`manifests/cfcr.yml\` as \`cfcr\`.
`

/** CFCR's manifest and ops files (kubo-deployment v0.44.0). */
export const kuboDeployment: UpstreamRepository = {
  name: 'cloudfoundry-incubator/kubo-deployment',
  tag: 'v0.44.0',
  date: '2020-07-17',
  files: {
    'README.md': textFile(readme),
    'bin/set_kubeconfig': scriptFile(setKubeconfig),
    'manifests/cfcr.yml': yamlFile('CFCR. No var is left open.', manifest),
    ...kuboOperations
  }
}
