import { rangeOf, toNumber } from '../cloud/ip.ts'
import { imageKind } from '../platform/images.ts'
import { jobOf } from '../platform/jobs.ts'
import type { Machine, Placed, World } from '../platform/world.ts'
import { silkCable } from './container-cable.ts'
import { emptyNetwork, type Device, type Namespace, type Network } from './model.ts'
import { silkVtep, type Member } from './overlay.ts'
import { wireAddress } from './wire-address.ts'

/** The underlay's MTU; VXLAN takes 50 bytes of it. */
const mtu = 1500
const overhead = 50

/** The network that the lab's world asks for. Pure: the same world gives the same network. */
export function desiredNetwork(world: World): Network {
  const machines = world.machines.filter(isOnNetwork)
  const [first] = machines
  if (first === undefined) return emptyNetwork
  const prefix = commonPrefix(machines.map(({ address }) => wireAddress(address)))
  const placed = world.containers.filter(({ machine }) =>
    machines.some(({ instance }) => instance.id === machine.instance.id)
  )
  return {
    underlay: {
      devices: [
        {
          id: 'lo',
          ip: [{ add: 'link set lo up' }]
        },
        {
          id: 'under0',
          ip: [{ add: 'link add under0 type bridge' }, { add: 'link set under0 up' }],
          remove: 'link delete under0'
        },
        ...machines.map((machine, index) => cableTo(hostName(machine), index))
      ],
      tables: {}
    },
    hosts: machines.map(machine => hostOf(machine, world, machines, placed, prefix)),
    containers: placed.map(container => ({
      name: containerName(container),
      devices: silkCable(containerName(container), container.address, mtu - overhead).inContainer,
      tables: {},
      listens: imageKind(container.image).ports
    }))
  }
}

/** Only machines with containers, or with a share of the overlay, send packets that the lab shows. */
function isOnNetwork({ group, lease }: Machine): boolean {
  return (
    lease !== undefined || ['kubelet', 'kube-apiserver', 'rep'].some(job => jobOf(group, job) !== undefined)
  )
}

/** The namespace of a machine: `cf.diego-cell.0`. */
export function hostName({ group, instance }: Machine): string {
  return `${group.deployment.name}.${group.name}.${instance.index}`
}

/** The namespace of an app instance or a pod: `app.6a8f….0`, `pod.default.web`. */
export function containerName({ id }: Pick<Placed, 'id'>): string {
  return id.replaceAll('/', '.')
}

function cableTo(host: string, index: number): Device {
  return {
    id: `${host} ${index}`,
    ip: [
      {
        add: `link add under${index + 1} mtu ${mtu} master under0 up type veth peer name eth0 mtu ${mtu} netns ${host}`
      }
    ],
    remove: `link delete under${index + 1}`
  }
}

function hostOf(
  machine: Machine,
  world: World,
  machines: readonly Machine[],
  placed: readonly Placed[],
  prefix: number
): Namespace {
  const address = wireAddress(machine.address)
  const members = machines.flatMap(memberOf)
  const [own] = memberOf(machine)
  const containers = placed.filter(container => container.machine.instance.id === machine.instance.id)
  return {
    name: hostName(machine),
    devices: [
      {
        id: 'lo',
        ip: [
          { add: 'link set lo up' },
          // bosh-dns answers there (bosh-dns-release, jobs/bosh-dns, create_network_alias).
          { add: 'address add 169.254.0.2/32 dev lo', remove: 'address delete 169.254.0.2/32 dev lo' }
        ],
        settings: [
          'net/ipv4/ip_forward=1',
          'net/ipv4/conf/all/rp_filter=1',
          'net/ipv6/conf/default/disable_ipv6=1'
        ]
      },
      {
        id: `eth0 ${address}`,
        ip: [{ add: `address add ${address}/${prefix} dev eth0` }, { add: 'link set eth0 up' }]
      },
      ...(own === undefined || world.overlay === undefined ? [] : [silkVtep(world.overlay, own, members)]),
      ...containers.map(
        container => silkCable(containerName(container), container.address, mtu - overhead).onHost
      )
    ],
    tables: {},
    listens: []
  }
}

function memberOf({ address, lease }: Machine): Member[] {
  return lease === undefined ? [] : [{ underlay: wireAddress(address), subnet: lease.subnet }]
}

/** The longest prefix, up to /24, under which all addresses are in one network. */
function commonPrefix(addresses: readonly string[]): number {
  const isCommon = (prefix: number): boolean => {
    const { first, last } = rangeOf(`${addresses[0] ?? ''}/${prefix}`)
    return addresses.every(address => toNumber(address) >= first && toNumber(address) <= last)
  }
  let prefix = 24
  while (prefix > 8 && !isCommon(prefix)) prefix -= 1
  return prefix
}
