import { nthOf } from '../cloud/ip.ts'
import { isInside, isPrivate } from './addresses.ts'
import { letsOut } from './egress.ts'
import { imageKind } from './images.ts'
import { flannelSubnetOf, type Machine, type Placed, type ServicePort, type World } from './world.ts'

/** Where a connection comes from. */
export type Origin =
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'machine'; readonly instance: string }

/** What answers a connection. */
export type Answerer =
  { readonly kind: 'container'; readonly container: Placed } | { readonly kind: 'kubernetes-api' }

/** What becomes of one TCP connection. */
export type Verdict =
  | { readonly outcome: 'connected'; readonly source: string; readonly by: Answerer }
  /** The other side, or a rule on the way, said no at once. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** Nothing came back. */
  | { readonly outcome: 'timeout'; readonly reason: string }
  | { readonly outcome: 'unreachable'; readonly reason: string }

/**
 * Whether a connection to an address and port is opened, and the address that the other side sees it from: the rules
 * of SILK on Diego cells (silk-release 2.30.0, lib/rules, cni-wrapper-plugin/netrules), of pods on SILK or Flannel, and
 * of kube-proxy. This is the only place that decides it.
 */
export function reach(world: World, from: Origin, address: string, port: number): Verdict {
  if (from.kind === 'machine') {
    const machine = world.machines.find(({ instance }) => instance.id === from.instance)
    return machine === undefined ? gone(from.instance) : fromMachine(world, machine, address, port)
  }
  const container = world.containers.find(({ id }) => id === from.id)
  if (container === undefined) return gone(from.id)
  return container.kind === 'app'
    ? fromApp(world, container, address, port)
    : fromPod(world, container, address, port)
}

function fromApp(world: World, app: Placed, address: string, port: number): Verdict {
  const target = world.containers.find(container => container.address === address)
  if (world.overlay === undefined || !isInside(world.overlay, address)) {
    // Default security groups keep apps out of private networks; the cell's rule rejects what is not allowed.
    if (isPrivate(address) || isInside('127.0.0.0/8', address)) {
      return letsOut(world.egress, address, port)
        ? throughNode(world, address, port)
        : refused(`no security group lets apps reach ${address}`)
    }
    return { outcome: 'timeout', reason: 'the lab has no way out to the internet' }
  }
  if (target === undefined) return noContainer(address)
  // Rules of an app's chain reject what comes to a container, never what goes out over the overlay.
  if (target.kind === 'app' && target.id !== app.id && !allows(world, app, target, port)) {
    return refused(`no network policy from ${app.policyGroup} to ${target.policyGroup} on port ${port}`)
  }
  return listening(target, port, app.address)
}

/** What leaves a cell by its own address; kube-proxy masquerades what comes to a node's port. */
function throughNode(world: World, address: string, port: number): Verdict {
  const machine = world.machines.find(each => each.address === address)
  const service = world.services().find(entry => entry.nodePort === port)
  const isNode = machine?.pods !== undefined
  const backend = world.containers.find(container => service?.backends.includes(container.id))
  if (!isNode || service === undefined) return refused(`nothing answers on ${address}`)
  if (backend === undefined) return refused(`service ${service.address} has no endpoints`)
  return listening(backend, service.targetPort, address)
}

function fromPod(world: World, pod: Placed, address: string, port: number): Verdict {
  const pods = pod.machine.pods
  if (pods === undefined || pods.kind === 'none') return gone(pod.id)
  const api = world.kubernetesApi
  if (api?.address === address && api.port === port) {
    // Off the pods' network a pod has its machine's address: flanneld masquerades, and on SILK our silk-k8s.
    return { outcome: 'connected', source: pod.machine.address, by: { kind: 'kubernetes-api' } }
  }
  const service = world.services().find(entry => entry.address === address && entry.port === port)
  if (service !== undefined) return throughService(world, pod, service)
  const target = world.containers.find(container => container.address === address)
  if (target?.kind === 'pod') return podToPod(pod, target, port)
  if (target?.kind === 'app') {
    if (pods.kind !== 'silk') return nothingAnswers(address)
    // A packet of a pod bears no tag, so that no policy lets it in.
    if (!target.machine.isOpen)
      return refused(`cells reject what comes from outside of Cloud Foundry to ${address}`)
    return listening(target, port, pod.address)
  }
  const node = world.machines.find(machine => machine.address === address)
  if (node !== undefined) {
    const service = world.services().find(entry => entry.nodePort === port)
    if (service !== undefined) return throughNodePort(world, node, service)
  }
  if (world.overlay !== undefined && pods.kind === 'silk' && isInside(world.overlay, address)) {
    return noContainer(address)
  }
  return nothingAnswers(address)
}

function podToPod(pod: Placed, target: Placed, port: number): Verdict {
  const sameMachine = pod.machine.instance.id === target.machine.instance.id
  if (!sameMachine && pod.machine.pods?.kind !== target.machine.pods?.kind) {
    return { outcome: 'timeout', reason: 'the two workers are on different networks' }
  }
  return listening(target, port, pod.address)
}

/** kube-proxy on the pod's own machine picks a backend; with a wrong `clusterCIDR` it takes the pod for a stranger. */
function throughService(world: World, pod: Placed, service: ServicePort): Verdict {
  const backend = world.containers.find(container => service.backends.includes(container.id))
  if (backend === undefined) return refused(`service ${service.address} has no endpoints`)
  // What comes from a pod to itself is masqueraded, too.
  if (backend.id === pod.id) return masqueraded(pod.machine, backend, service.targetPort)
  const pods = pod.machine.pods
  if (pods !== undefined && pods.kind !== 'none' && pods.podsSeenAsThemselves) {
    return podToPod(pod, backend, service.targetPort)
  }
  return masqueraded(pod.machine, backend, service.targetPort)
}

/** kube-proxy masquerades all that comes by a NodePort, for the answer has to come back by the same machine. */
function throughNodePort(world: World, node: Machine, service: ServicePort): Verdict {
  const backend = world.containers.find(container => service.backends.includes(container.id))
  if (backend === undefined) return refused(`service ${service.address} has no endpoints`)
  return masqueraded(node, backend, service.targetPort)
}

/**
 * The address that MASQUERADE takes: that of the device on which the packet leaves. On SILK that is silk-vtep's towards another
 * machine, where silk-k8s gives it one of global scope; a pod's device has none, so that towards a pod of the same machine it is
 * the first of that scope in the order of devices, which is bosh-dns's on lo. On Flannel it is flannel.1's or the bridge's.
 */
function masqueraded(machine: Machine, backend: Placed, port: number): Verdict {
  const isHere = backend.machine.instance.id === machine.instance.id
  const flannel = flannelSubnetOf(machine)
  if (flannel !== undefined) return listening(backend, port, flannelSource(flannel, isHere))
  return listening(backend, port, isHere ? '169.254.0.2' : vtepAddressOf(machine))
}

/** Of a machine's share of Flannel's range the bridge of its own pods has the second address, flannel.1 the first. */
function flannelSource(subnet: string, isHere: boolean): string {
  return nthOf(subnet, isHere ? 1 : 0)
}

/** The first address of a machine's share. */
function vtepAddressOf({ lease }: Machine): string {
  return lease?.subnet.split('/')[0] ?? ''
}

function fromMachine(world: World, machine: Machine, address: string, port: number): Verdict {
  const target = world.containers.find(container => container.address === address)
  if (target === undefined) return noContainer(address)
  const isHere = target.machine.instance.id === machine.instance.id
  if (target.machine.pods?.kind === 'flannel') {
    const flannel = flannelSubnetOf(machine)
    const source = flannel === undefined ? machine.address : flannelSource(flannel, isHere)
    return listening(target, port, source)
  }
  if (isHere) return listening(target, port, '169.254.0.1')
  if (machine.lease === undefined) {
    return {
      outcome: 'timeout',
      reason: `${machine.group.name} has no share of the overlay and no route to ${address}`
    }
  }
  if (target.kind === 'app' && !target.machine.isOpen) return refused(`cells reject what comes to ${address}`)
  return listening(target, port, vtepAddressOf(machine))
}

function allows({ policies }: World, source: Placed, target: Placed, port: number): boolean {
  return (
    target.machine.isOpen ||
    policies.some(
      policy =>
        policy.protocol === 'tcp' &&
        policy.source === source.policyGroup &&
        policy.destination === target.policyGroup &&
        policy.start <= port &&
        port <= policy.end
    )
  )
}

function listening(container: Placed, port: number, source: string): Verdict {
  if (!imageKind(container.image).ports.includes(port))
    return refused(`nothing listens on port ${port} of ${container.id}`)
  return { outcome: 'connected', source, by: { kind: 'container', container } }
}

function noContainer(address: string): Verdict {
  return { outcome: 'unreachable', reason: `no container has the address ${address}` }
}

function nothingAnswers(address: string): Verdict {
  return refused(`nothing answers on ${address}`)
}

function refused(reason: string): Verdict {
  return { outcome: 'refused', reason }
}

function gone(what: string): Verdict {
  return { outcome: 'unreachable', reason: `${what} does not run` }
}
