import { at, listAt, textAt } from '../../../manifest/value.ts'
import { nthOf } from '../../cloud/ip.ts'
import type { Cloud } from '../../cloud/cloud.ts'
import type { Group } from '../jobs.ts'
import type { ContainerNetwork, Contributor } from '../network.ts'
import { serviceRangeOf } from '../pod-network.ts'
import type { Container, ServicePort, World } from '../world.ts'
import { CloudProvider } from './cloud-provider.ts'
import { endpointsOf, eventsOf } from './derived.ts'
import type { Kind } from './kinds.ts'
import {
  claimKind,
  daemonSetKind,
  deploymentKind,
  namespaceKind,
  podKind,
  serviceKind,
  volumeKind
} from './known-kinds.ts'
import { nodeJson, workersOf } from './nodes.ts'
import { bears, nameOf, namespaceOf, numberAt, type KubeObject } from './object.ts'
import { idOf, Pods } from './pods.ts'
import { balancerOf, fitService } from './service-addresses.ts'
import { Store, type KubeData } from './store.ts'
import { kubernetesVersion } from './version.ts'
import { diskOf, fitClaim } from './volumes.ts'
import { podsOf, replicasOf, scale, withReplicas } from './workloads.ts'

const systemNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

export interface ClusterOptions {
  readonly data: KubeData
  /** Keeps what was changed. */
  readonly touch: () => void
  readonly network: ContainerNetwork
  readonly cloud: Cloud
  /** The group of the masters, as it is deployed now. */
  readonly masters: () => Group | undefined
}

/** Kubernetes at work: objects, and the controllers that bring about what they ask for. */
export class Cluster implements Contributor {
  readonly store: Store
  readonly pods: Pods
  readonly network: ContainerNetwork
  readonly #cloud: Cloud
  readonly #masters: () => Group | undefined

  constructor({ data, touch, network, cloud, masters }: ClusterOptions) {
    this.store = new Store(data, touch)
    this.network = network
    this.pods = new Pods(this.store, network)
    this.#cloud = cloud
    this.#masters = masters
    for (const name of systemNamespaces) {
      if (this.store.find(namespaceKind, '', name) !== undefined) continue
      this.store.create(namespaceKind, '', { metadata: { name }, status: { phase: 'Active' } })
    }
    if (this.store.find(serviceKind, 'default', 'kubernetes') !== undefined) return
    this.store.create(serviceKind, 'default', {
      metadata: { name: 'kubernetes' },
      spec: {
        type: 'ClusterIP',
        clusterIP: this.apiAddress(),
        ports: [{ name: 'https', port: 443, protocol: 'TCP' }]
      }
    })
  }

  containers(): readonly Container[] {
    return this.pods.containers()
  }

  services(): readonly ServicePort[] {
    return this.store.list(serviceKind).flatMap(service => {
      const address = textAt(service, 'spec', 'clusterIP') ?? 'None'
      if (address === 'None') return []
      const backends = this.backendsOf(service).map(idOf)
      return listAt(service, 'spec', 'ports').map(entry => {
        const port = numberAt(entry, 'port')
        const nodePort = numberAt(entry, 'nodePort')
        const targetPort = numberAt(entry, 'targetPort', port)
        return { address, port, targetPort, backends, ...(nodePort === 0 ? {} : { nodePort }) }
      })
    })
  }

  kubernetesApi(): World['kubernetesApi'] {
    return { address: this.apiAddress(), port: 443 }
  }

  /** The first address of the services is the API's own. */
  apiAddress(): string {
    return nthOf(serviceRangeOf(this.#masters()), 1)
  }

  /** The ready pods behind a service. */
  backendsOf(service: KubeObject): readonly KubeObject[] {
    const selector = at(service, 'spec', 'selector')
    return this.store
      .list(podKind, namespaceOf(service))
      .filter(pod => bears(pod, selector) && this.pods.isReady(pod))
  }

  /** Does what the objects ask for, as far as it is not done. */
  reconcile(): void {
    const workers = workersOf(this.network).size
    const surplus = [
      ...this.store
        .list(deploymentKind)
        .flatMap(owner => scale(this.store, deploymentKind, owner, replicasOf(owner))),
      ...this.store.list(daemonSetKind).flatMap(owner => scale(this.store, daemonSetKind, owner, workers))
    ]
    for (const pod of surplus) this.remove(podKind, namespaceOf(pod), nameOf(pod))
    const provider = this.#provider()
    const range = serviceRangeOf(this.#masters())
    for (const service of this.store.list(serviceKind)) fitService(this.store, service, range, provider)
    for (const claim of this.store.list(claimKind)) fitClaim(this.store, claim, provider)
    this.pods.reconcile()
  }

  /** Takes an object away, with all that hangs on it, here and in the cloud. */
  remove(kind: Kind, namespace: string, name: string): KubeObject {
    const removed = this.store.remove(kind, namespace, name)
    const dependents = [
      ...(kind === namespaceKind ? this.store.inNamespace(name) : []),
      ...podsOf(this.store, removed).map(object => ({ kind: podKind, object })),
      ...this.#volumesOf(kind, removed).map(object => ({ kind: volumeKind, object }))
    ]
    for (const { kind: inner, object } of dependents) {
      // One dependent may have taken the next one along.
      if (this.store.find(inner, namespaceOf(object), nameOf(object)) === undefined) continue
      this.remove(inner, namespaceOf(object), nameOf(object))
    }
    if (kind === podKind) this.pods.forget(removed)
    const [balancer, disk] = [balancerOf(removed), diskOf(removed)]
    if (kind === serviceKind && balancer !== undefined) this.#provider()?.deleteLoadBalancer(balancer)
    if (kind === volumeKind && disk !== undefined) this.#provider()?.deleteDisk(disk)
    return removed
  }

  /** The object as it is seen from outside: what changes by itself is worked out anew. */
  view(kind: Kind, object: KubeObject): KubeObject {
    if (kind === podKind) return this.pods.withStatus(object)
    if (kind !== deploymentKind && kind !== daemonSetKind) return object
    return withReplicas(this.store, this.pods, kind, object)
  }

  /** Objects that nobody stores; undefined for a kind that is stored. */
  derived(kind: Kind, namespace?: string): readonly KubeObject[] | undefined {
    switch (kind.kind) {
      case 'Node':
        return [...workersOf(this.network)].map(([name, machine]) =>
          nodeJson(name, machine, kubernetesVersion)
        )
      case 'Endpoints':
        return this.store
          .list(serviceKind, namespace)
          .map(service => endpointsOf(service, this.backendsOf(service), this.pods))
      case 'Event':
        return this.store.list(podKind, namespace).flatMap(pod => eventsOf(pod, this.pods))
      default:
        return undefined
    }
  }

  #provider(): CloudProvider | undefined {
    return CloudProvider.of(this.#masters(), this.#cloud)
  }

  #volumesOf(kind: Kind, claim: KubeObject): readonly KubeObject[] {
    const name = kind === claimKind ? textAt(claim, 'spec', 'volumeName') : undefined
    const volume = name === undefined ? undefined : this.store.find(volumeKind, '', name)
    return volume === undefined ? [] : [volume]
  }
}
