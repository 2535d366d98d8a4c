import type { Value, ValueMap } from '../../manifest/value.ts'

const kubernetesTls = '((tls-kubernetes))'

const flanneldTls: Value = {
  tls: {
    etcdctl: {
      ca: '((tls-etcdctl-flanneld.ca))',
      certificate: '((tls-etcdctl-flanneld.certificate))',
      private_key: '((tls-etcdctl-flanneld.private_key))'
    }
  }
}

/** Instance groups of CFCR with the jobs and properties that make its network and its API. */
export const kuboGroups: readonly ValueMap[] = [
  {
    name: 'apply-addons',
    lifecycle: 'errand',
    instances: 1,
    azs: ['z1'],
    vm_type: 'minimal',
    stemcell: 'default',
    networks: [{ name: 'default' }],
    jobs: [
      {
        name: 'apply-specs',
        release: 'kubo',
        properties: {
          addons: ['coredns', 'metrics-server'],
          'admin-username': 'admin',
          'admin-password': '((kubo-admin-password))',
          'api-token': '((kubelet-password))',
          tls: { kubernetes: kubernetesTls, 'metrics-server': '((tls-metrics-server))' }
        }
      }
    ]
  },
  {
    name: 'master',
    instances: 3,
    azs: ['z1', 'z2', 'z3'],
    vm_type: 'small',
    persistent_disk: 5120,
    stemcell: 'default',
    networks: [{ name: 'default' }],
    jobs: [
      { name: 'bpm', release: 'bpm' },
      {
        name: 'flanneld',
        release: 'kubo',
        provides: { flanneld: { as: 'worker-flanneld' } },
        properties: flanneldTls
      },
      {
        name: 'kube-apiserver',
        release: 'kubo',
        properties: {
          'admin-username': 'admin',
          'admin-password': '((kubo-admin-password))',
          'kubelet-password': '((kubelet-password))',
          'kubelet-drain-password': '((kubelet-drain-password))',
          'kube-proxy-password': '((kube-proxy-password))',
          'kube-controller-manager-password': '((kube-controller-manager-password))',
          'kube-scheduler-password': '((kube-scheduler-password))',
          'service-account-public-key': '((service-account-key.public_key))',
          'k8s-args': {
            'authorization-mode': 'RBAC',
            'enable-aggregator-routing': true,
            'secure-port': 8443,
            'service-cluster-ip-range': '10.100.200.0/24',
            'token-auth-file': '/var/vcap/jobs/kube-apiserver/config/tokens.csv'
          },
          tls: {
            kubernetes: {
              ca: '((tls-kubernetes.ca))',
              certificate: '((tls-kubernetes.certificate))((tls-kubernetes.ca))',
              private_key: '((tls-kubernetes.private_key))'
            },
            'kubelet-client': '((tls-kubelet-client))'
          }
        }
      },
      {
        name: 'kube-controller-manager',
        release: 'kubo',
        properties: {
          'api-token': '((kube-controller-manager-password))',
          'cluster-signing': '((kubo_ca))',
          'service-account-private-key': '((service-account-key.private_key))',
          'k8s-args': { 'use-service-account-credentials': true },
          tls: { kubernetes: kubernetesTls, 'kube-controller-manager': '((tls-kube-controller-manager))' }
        }
      },
      {
        name: 'kube-scheduler',
        release: 'kubo',
        properties: { 'api-token': '((kube-scheduler-password))', tls: { kubernetes: kubernetesTls } }
      },
      {
        name: 'kubernetes-roles',
        release: 'kubo',
        properties: {
          'admin-username': 'admin',
          'admin-password': '((kubo-admin-password))',
          tls: { kubernetes: kubernetesTls }
        }
      },
      {
        name: 'etcd',
        release: 'cfcr-etcd',
        properties: {
          etcd: { dns_suffix: 'etcd.cfcr.internal' },
          tls: {
            etcd: {
              ca: '((etcd_ca.certificate))',
              certificate: '((tls-etcd-v0-29-0.certificate))',
              private_key: '((tls-etcd-v0-29-0.private_key))'
            },
            etcdctl: '((tls-etcdctl-v0-29-0))',
            'etcdctl-root': '((tls-etcdctl-root))'
          },
          users: [
            { name: 'root', password: '((etcd_user_root_password))', versions: ['v2'] },
            {
              name: 'flanneld',
              password: '((etcd_user_flanneld_password))',
              versions: ['v2'],
              permissions: {
                read: ['/coreos.com/network/*'],
                write: ['/coreos.com/network/*']
              }
            }
          ]
        }
      },
      { name: 'smoke-tests', release: 'kubo' }
    ]
  },
  {
    name: 'worker',
    instances: 3,
    azs: ['z1', 'z2', 'z3'],
    vm_type: 'small-highmem',
    stemcell: 'default',
    networks: [{ name: 'default' }],
    jobs: [
      { name: 'flanneld', release: 'kubo', properties: flanneldTls },
      {
        name: 'docker',
        release: 'docker',
        properties: {
          bridge: 'cni0',
          flannel: true,
          ip_masq: false,
          iptables: false,
          live_restore: true,
          storage_driver: 'overlay2',
          store_dir: '/var/vcap/data',
          default_ulimits: ['nofile=1048576'],
          log_options: ['max-size=128m', 'max-file=2'],
          env: {}
        }
      },
      { name: 'kubernetes-dependencies', release: 'kubo' },
      {
        name: 'kubelet',
        release: 'kubo',
        properties: {
          'api-token': '((kubelet-password))',
          'drain-api-token': '((kubelet-drain-password))',
          'k8s-args': {
            'cni-bin-dir': '/var/vcap/jobs/kubelet/packages/cni/bin',
            'container-runtime': 'docker',
            'docker-endpoint': 'unix:///var/vcap/sys/run/docker/docker.sock',
            kubeconfig: '/var/vcap/jobs/kubelet/config/kubeconfig',
            'network-plugin': 'cni',
            'root-dir': '/var/vcap/data/kubelet'
          },
          'kubelet-configuration': {
            apiVersion: 'kubelet.config.k8s.io/v1beta1',
            kind: 'KubeletConfiguration',
            authentication: { anonymous: { enabled: false } },
            authorization: { mode: 'Webhook' },
            clusterDNS: ['10.100.200.10'],
            clusterDomain: 'cluster.local',
            failSwapOn: false
          },
          tls: {
            kubelet: '((tls-kubelet))',
            'kubelet-client-ca': { certificate: '((tls-kubelet-client.ca))' },
            kubernetes: kubernetesTls
          }
        }
      },
      {
        name: 'kube-proxy',
        release: 'kubo',
        properties: {
          'api-token': '((kube-proxy-password))',
          'kube-proxy-configuration': {
            apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
            kind: 'KubeProxyConfiguration',
            clusterCIDR: '10.200.0.0/16',
            iptables: { masqueradeAll: false, masqueradeBit: 14, minSyncPeriod: '0s', syncPeriod: '30s' },
            mode: 'iptables',
            portRange: ''
          },
          tls: { kubernetes: kubernetesTls }
        }
      }
    ]
  }
]
