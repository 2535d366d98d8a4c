import { at, isMap, listAt, textAt, type Value } from '../../../manifest/value.ts'
import { contains, nthOf } from '../../cloud/ip.ts'
import type { CloudProvider } from './cloud-provider.ts'
import { serviceKind } from './known-kinds.ts'
import { namespaceOf, numberAt, withMetadata, withParts, type KubeObject } from './object.ts'
import type { Store } from './store.ts'

const balancerAnnotation = 'lab.causeway.internal/load-balancer'
/** Kubernetes' default `service-node-port-range` begins here. */
const firstNodePort = 30_000
/** The tenth address of the range is kept for DNS: kubelet tells it to pods. */
const dnsIndex = 10

/** cid of the load balancer that a service has in the cloud. */
export function balancerOf(service: KubeObject): string | undefined {
  return textAt(service, 'metadata', 'annotations', balancerAnnotation)
}

/** Gives a service what it lacks: an address, ports on the nodes, a load balancer where somebody can make one. */
export function fitService(
  store: Store,
  service: KubeObject,
  range: string,
  provider: CloudProvider | undefined
): void {
  const spec = at(service, 'spec')
  if (!isMap(spec)) return
  const type = textAt(spec, 'type') ?? 'ClusterIP'
  const ports = listAt(spec, 'ports').filter(isMap)
  const onNodes = type === 'NodePort' || type === 'LoadBalancer'
  const lacksPorts = onNodes && ports.some(port => numberAt(port, 'nodePort') === 0)
  const lacksBalancer = type === 'LoadBalancer' && provider !== undefined && balancerOf(service) === undefined
  if (textAt(spec, 'clusterIP') !== undefined && !lacksPorts && !lacksBalancer) return
  const taken = new Set(takenNodePorts(store))
  const fitted = withParts(service, {
    spec: {
      ...spec,
      type,
      clusterIP: textAt(spec, 'clusterIP') ?? freeAddress(store, range),
      ports: onNodes ? ports.map(port => ({ ...port, nodePort: nodePortFor(port, taken) })) : ports
    }
  })
  const numbers = ports.map(port => numberAt(port, 'port'))
  const balancer = lacksBalancer
    ? provider.createLoadBalancer(textAt(service, 'metadata', 'uid') ?? '', numbers)
    : undefined
  store.update(
    serviceKind,
    namespaceOf(service),
    balancer === undefined ? fitted : withBalancer(fitted, balancer)
  )
}

function withBalancer(service: KubeObject, { cid, ip }: { cid: string; ip: string }): KubeObject {
  const annotations = at(service, 'metadata', 'annotations')
  return withMetadata(withParts(service, { status: { loadBalancer: { ingress: [{ ip }] } } }), {
    annotations: { ...(isMap(annotations) ? annotations : {}), [balancerAnnotation]: cid }
  })
}

function freeAddress(store: Store, range: string): string {
  const taken = store.list(serviceKind).map(service => textAt(service, 'spec', 'clusterIP'))
  for (let index = 2; contains(range, nthOf(range, index)); index += 1) {
    const address = nthOf(range, index)
    if (index !== dnsIndex && !taken.includes(address)) return address
  }
  return 'None'
}

function takenNodePorts(store: Store): readonly number[] {
  return store
    .list(serviceKind)
    .flatMap(service => listAt(service, 'spec', 'ports').map(port => numberAt(port, 'nodePort')))
}

function nodePortFor(port: Value, taken: Set<number>): number {
  const given = numberAt(port, 'nodePort')
  if (given !== 0) return given
  let candidate = firstNodePort
  while (taken.has(candidate)) candidate += 1
  taken.add(candidate)
  return candidate
}
