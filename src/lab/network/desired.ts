import { prefixOf } from '../platform/addresses.ts'
import { imageKind } from '../platform/images.ts'
import { jobOf } from '../platform/jobs.ts'
import type { Machine, Placed, World } from '../platform/world.ts'
import { cellRules } from './cell-rules.ts'
import { silkCable } from './container-cable.ts'
import { apiPort, kubeProxyRules } from './kube-proxy.ts'
import { leaseTask, podTask } from './kubelet.ts'
import { emptyNetwork, type Device, type Namespace, type Network, type Tables, type Task } from './model.ts'
import { silkVtep, type Member } from './overlay.ts'
import { packagesTask, reconciledTask, silkK8sTask, type Sources } from './silk-k8s-job.ts'
import { commonRange, gatewayOf, outsideHost, underlay, underlayMtu } from './underlay.ts'
import { wireAddress } from './wire-address.ts'

/** What VXLAN puts before each packet, in bytes. */
const overhead = 50

/** The network that the lab's world asks for. Pure: the same world gives the same network. */
export function desiredNetwork(world: World, sources: Sources): Network {
  const machines = world.machines.filter(isOnNetwork)
  if (machines.length === 0) return emptyNetwork
  const range = commonRange(machines.map(({ address }) => wireAddress(address)))
  const placed = world.containers.filter(({ machine }) => machines.some(other => isSame(other, machine)))
  const hosts = machines.map(machine => hostOf(machine, { world, machines, placed, range, sources }))
  return {
    underlay: underlay(range, hosts),
    hosts: [outsideHost(range), ...hosts],
    containers: placed.map(container => ({
      name: containerName(container),
      generation: container.machine.instance.vmCid,
      devices: byPlugin(container) ? [loopback] : cableOf(container).inContainer,
      tables: {},
      listens: imageKind(container.image).ports
    }))
  }
}

const loopback: Device = { id: 'lo', ip: [{ add: 'link set lo up' }] }

/** kubelet has a plugin called for its pods; Garden's chain of them is imitated by its outcome. */
function byPlugin({ kind, machine }: Placed): boolean {
  return kind === 'pod' && machine.pods?.kind === 'silk'
}

function cableOf(container: Placed): ReturnType<typeof silkCable> {
  return silkCable(containerName(container), container.address, underlayMtu - overhead)
}

/** Only machines with containers, or with a share of the overlay, send packets that the lab shows. */
function isOnNetwork({ group, lease }: Machine): boolean {
  return (
    lease !== undefined || ['kubelet', 'kube-apiserver', 'rep'].some(job => jobOf(group, job) !== undefined)
  )
}

function isSame(left: Machine, right: Machine): boolean {
  return left.instance.id === right.instance.id
}

/** The namespace of a machine: `cf.diego-cell.0`. */
export function hostName({ group, instance }: Machine): string {
  return `${group.deployment.name}.${group.name}.${instance.index}`
}

/** The namespace of an app instance or a pod: `app.6a8f….0`, `pod.default.web`. */
export function containerName({ id }: Pick<Placed, 'id'>): string {
  return id.replaceAll('/', '.')
}

interface Surroundings {
  readonly world: World
  readonly machines: readonly Machine[]
  readonly placed: readonly Placed[]
  /** Of the underlay. */
  readonly range: string
  readonly sources: Sources
}

function hostOf(machine: Machine, surroundings: Surroundings): Namespace {
  const { world, machines, placed, range } = surroundings
  const address = wireAddress(machine.address)
  const [own] = memberOf(machine)
  const containers = placed.filter(container => isSame(container.machine, machine))
  return {
    name: hostName(machine),
    generation: machine.instance.vmCid,
    devices: [
      {
        id: 'lo',
        ip: [
          { add: 'link set lo up' },
          // bosh-dns answers there (bosh-dns-release, jobs/bosh-dns, create_network_alias).
          { add: 'address add 169.254.0.2/32 dev lo' }
        ],
        settings: [
          'net/ipv4/ip_forward=1',
          'net/ipv4/conf/all/rp_filter=1',
          'net/ipv6/conf/default/disable_ipv6=1'
        ]
      },
      {
        id: `eth0 ${address} ${range}`,
        ip: [
          { add: `address add ${address}/${prefixOf(range)} dev eth0` },
          { add: 'link set eth0 up' },
          { add: `route add default via ${gatewayOf(range)}` }
        ]
      },
      ...(own === undefined || world.overlay === undefined
        ? []
        : [silkVtep(world.overlay, own, machines.flatMap(memberOf))]),
      ...containers.filter(container => !byPlugin(container)).map(container => cableOf(container).onHost)
    ],
    tables: tablesOf(machine, world, containers),
    tasks: tasksOf(machine, containers, surroundings),
    listens: jobOf(machine.group, 'kube-apiserver') === undefined ? [] : [apiPort(machine)]
  }
}

function tasksOf(machine: Machine, containers: readonly Placed[], { world, sources }: Surroundings): Task[] {
  const { overlay } = world
  if (overlay === undefined) return []
  const host = hostName(machine)
  return [
    ...packagesTask(machine, host, sources),
    ...leaseTask(machine, host, overlay, underlayMtu - overhead),
    ...silkK8sTask(machine, host, overlay, sources),
    ...containers.filter(byPlugin).map(pod => podTask(pod, containerName(pod), host, overlay)),
    ...reconciledTask(machine)
  ]
}

function tablesOf(machine: Machine, world: World, containers: readonly Placed[]): Tables {
  if (jobOf(machine.group, 'rep') !== undefined) return cellRules(world, machine, containers)
  return jobOf(machine.group, 'kube-proxy') === undefined ? {} : kubeProxyRules(world, machine)
}

function memberOf({ address, lease }: Machine): Member[] {
  return lease === undefined ? [] : [{ underlay: wireAddress(address), subnet: lease.subnet }]
}
