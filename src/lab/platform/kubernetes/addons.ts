import type { KubeObject } from './object.ts'

/** Objects of the addons that CFCR's errand applies, by the addon's name (kubo-release v0.44.0, specs/). */
export const addonObjects: Readonly<Record<string, readonly KubeObject[]>> = {
  coredns: [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      spec: {
        replicas: 2,
        selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        template: {
          metadata: { labels: { 'k8s-app': 'kube-dns' } },
          spec: {
            containers: [{ name: 'coredns', image: 'coredns/coredns:1.6.5', ports: [{ containerPort: 53 }] }]
          }
        }
      }
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      spec: { selector: { 'k8s-app': 'kube-dns' }, ports: [{ name: 'dns-tcp', port: 53, protocol: 'TCP' }] }
    }
  ],
  'metrics-server': [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'metrics-server', namespace: 'kube-system', labels: { 'k8s-app': 'metrics-server' } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { 'k8s-app': 'metrics-server' } },
        template: {
          metadata: { labels: { 'k8s-app': 'metrics-server' } },
          spec: {
            containers: [{ name: 'metrics-server', image: 'k8s.gcr.io/metrics-server-amd64:v0.3.6' }]
          }
        }
      }
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'metrics-server', namespace: 'kube-system' },
      spec: { selector: { 'k8s-app': 'metrics-server' }, ports: [{ port: 443, protocol: 'TCP' }] }
    }
  ]
}
