import { at, isMap, listAt, textAt, type Value } from '../../../manifest/value.ts'
import { isImage } from '../images.ts'
import type { ContainerNetwork } from '../network.ts'
import type { Container } from '../world.ts'
import { podKind } from './known-kinds.ts'
import { isReady, workersOf } from './nodes.ts'
import { nameOf, namespaceOf, withParts, type KubeObject } from './object.ts'
import type { Store } from './store.ts'

/** How a pod is: on its way, and why it gets no further, or running with an address. */
export type PodState =
  | {
      readonly phase: 'Pending'
      readonly waiting?: string
      readonly reason: string
      readonly message: string
    }
  | { readonly phase: 'Running'; readonly address: string; readonly host: string; readonly unready?: string }

/** Places pods on workers, and says how they are. */
export class Pods {
  readonly #store: Store
  readonly #network: ContainerNetwork

  constructor(store: Store, network: ContainerNetwork) {
    this.#store = store
    this.#network = network
  }

  containers(): readonly Container[] {
    return this.#store.list(podKind).map(pod => ({
      id: idOf(pod),
      kind: 'pod' as const,
      policyGroup: '',
      // Containers of a pod share its address; the lab runs the first one.
      image: imagesOf(pod)[0] ?? ''
    }))
  }

  /** The scheduler: gives every pod a node, and every pod of a working node an address. */
  reconcile(): void {
    const workers = workersOf(this.#network)
    for (const pod of this.#store.list(podKind)) {
      const node = textAt(pod, 'spec', 'nodeName') ?? this.#schedule(pod)
      const machine = node === undefined ? undefined : workers.get(node)
      if (machine === undefined || machine.pods === undefined || machine.pods.kind === 'none') {
        this.#network.remove(idOf(pod))
      } else if (this.#network.find(idOf(pod)) === undefined && imagesOf(pod).every(isImage)) {
        this.#network.remove(idOf(pod))
        this.#network.place(idOf(pod), machine)
      }
    }
  }

  forget(pod: KubeObject): void {
    this.#network.remove(idOf(pod))
  }

  state(pod: KubeObject): PodState {
    const node = textAt(pod, 'spec', 'nodeName')
    if (node === undefined) {
      const count = workersOf(this.#network).size
      return {
        phase: 'Pending',
        reason: 'FailedScheduling',
        message: `0/${count} nodes are available: ${count} node(s) had taints that the pod didn't tolerate.`
      }
    }
    const wrong = imagesOf(pod).find(image => !isImage(image))
    if (wrong !== undefined) {
      const message = `Failed to apply default image tag "${wrong}": couldn't parse image reference`
      return { phase: 'Pending', waiting: 'InvalidImageName', reason: 'InspectFailed', message }
    }
    const machine = workersOf(this.#network).get(node)
    const found = this.#network.find(idOf(pod))
    if (machine === undefined || found === undefined) {
      const why = machine?.pods?.kind === 'none' ? machine.pods.reason : 'no address is left on the node'
      const reason = machine === undefined ? `node ${node} does not exist` : why
      const message = `Failed to create pod sandbox: rpc error: NetworkPlugin cni failed to set up pod "${nameOf(pod)}_${namespaceOf(pod)}" network: ${reason}`
      return { phase: 'Pending', waiting: 'ContainerCreating', reason: 'FailedCreatePodSandBox', message }
    }
    const unready = this.#unready(pod)
    return {
      phase: 'Running',
      address: found.address,
      host: machine.address,
      ...(unready === undefined ? {} : { unready })
    }
  }

  /** The pod with the status that it has now. */
  withStatus(pod: KubeObject): KubeObject {
    const state = this.state(pod)
    const isUp = state.phase === 'Running' && state.unready === undefined
    const containers = listAt(pod, 'spec', 'containers').map(container => ({
      name: textAt(container, 'name') ?? '',
      image: textAt(container, 'image') ?? '',
      ready: isUp,
      restartCount: 0,
      state:
        state.phase === 'Running'
          ? { running: { startedAt: textAt(pod, 'metadata', 'creationTimestamp') ?? '' } }
          : { waiting: { reason: state.waiting ?? 'Pending', message: state.message } }
    }))
    const condition = (type: string, status: boolean): Value => ({ type, status: status ? 'True' : 'False' })
    return withParts(pod, {
      status: {
        phase: state.phase,
        conditions: [
          condition('Initialized', true),
          condition('Ready', isUp),
          condition('ContainersReady', isUp),
          condition('PodScheduled', textAt(pod, 'spec', 'nodeName') !== undefined)
        ],
        ...(textAt(pod, 'spec', 'nodeName') === undefined ? {} : { containerStatuses: containers }),
        ...(state.phase === 'Running'
          ? { podIP: state.address, podIPs: [{ ip: state.address }], hostIP: state.host }
          : {})
      }
    })
  }

  isReady(pod: KubeObject): boolean {
    const state = this.state(pod)
    return state.phase === 'Running' && state.unready === undefined
  }

  /** CoreDNS is ready only when it has read services from the API. */
  #unready(pod: KubeObject): string | undefined {
    if (!imagesOf(pod).some(image => /(?:^|\/)coredns[:@]/.test(`${image}:`))) return undefined
    const api = this.#network.world().kubernetesApi
    if (api === undefined) return undefined
    const verdict = this.#network.reach({ kind: 'container', id: idOf(pod) }, api.address, api.port)
    if (verdict.outcome === 'connected') return undefined
    return `plugin/kubernetes: no answer from https://${api.address}:${api.port}: ${verdict.reason}`
  }

  #schedule(pod: KubeObject): string | undefined {
    const load = (node: string): number =>
      this.#store.list(podKind).filter(other => textAt(other, 'spec', 'nodeName') === node).length
    const ready = [...workersOf(this.#network)]
      .filter(([, machine]) => isReady(machine))
      .map(([name]) => name)
    const [node] = ready.sort((left, right) => load(left) - load(right))
    if (node === undefined) return undefined
    const spec = at(pod, 'spec')
    this.#store.update(
      podKind,
      namespaceOf(pod),
      withParts(pod, { spec: { ...(isMap(spec) ? spec : {}), nodeName: node } })
    )
    return node
  }
}

/** Id of the pod's containers on the network. */
export function idOf(pod: KubeObject): string {
  return `pod/${namespaceOf(pod)}/${nameOf(pod)}`
}

export function imagesOf(pod: KubeObject): readonly string[] {
  return listAt(pod, 'spec', 'containers').map(container => textAt(container, 'image') ?? '')
}
