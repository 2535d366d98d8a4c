import { listAt, textAt } from '../../../manifest/value.ts'
import type { Shell } from '../shell.ts'
import type { Cluster } from './cluster.ts'
import { serviceKind } from './known-kinds.ts'
import { nameOf, namespaceOf, type KubeObject } from './object.ts'
import { idOf } from './pods.ts'

/** A shell in a pod; undefined where the pod does not run. */
export function podShell(cluster: Cluster, pod: KubeObject): Shell | undefined {
  if (cluster.pods.state(pod).phase !== 'Running') return undefined
  const { network } = cluster
  return {
    network,
    origin: { kind: 'container', id: idOf(pod) },
    hostname: nameOf(pod),
    env: {
      ...environmentOf(pod),
      HOSTNAME: nameOf(pod),
      KUBERNETES_SERVICE_HOST: cluster.apiAddress(),
      KUBERNETES_SERVICE_PORT: '443'
    },
    lookUp: name => lookUp(cluster, pod, name)
  }
}

/** Names of services, where CoreDNS is up and the pod reaches it. */
function lookUp({ store, network }: Cluster, pod: KubeObject, name: string): string | undefined {
  const dns = textAt(store.find(serviceKind, 'kube-system', 'kube-dns'), 'spec', 'clusterIP')
  if (dns === undefined) return undefined
  if (network.reach({ kind: 'container', id: idOf(pod) }, dns, 53).outcome !== 'connected') return undefined
  const plain = name.replace(/\.svc(?:\.cluster\.local)?\.?$/, '')
  const [service = '', namespace = namespaceOf(pod)] = plain.split('.')
  return textAt(store.find(serviceKind, namespace, service), 'spec', 'clusterIP')
}

function environmentOf(pod: KubeObject): Record<string, string> {
  const entries = listAt(listAt(pod, 'spec', 'containers')[0], 'env')
  return Object.fromEntries(entries.map(entry => [textAt(entry, 'name') ?? '', textAt(entry, 'value') ?? '']))
}
