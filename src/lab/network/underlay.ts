import { nthOf, rangeOf, toNumber, toText } from '../cloud/ip.ts'
import type { Device, Namespace, Network } from './model.ts'

/** The underlay's MTU; VXLAN takes 50 bytes of it. */
export const underlayMtu = 1500

/** A host that belongs to nobody: what packets that leave the playground come to. */
export const outside = { name: 'outside', address: '192.0.2.2', port: 8080 }
const router = '192.0.2.1'

/** The network that holds all addresses: the smallest one, of 256 addresses at least. */
export function commonRange(addresses: readonly string[]): string {
  const holdsAll = (prefix: number): boolean => {
    const { first, last } = rangeOf(`${addresses[0] ?? ''}/${prefix}`)
    return addresses.every(address => toNumber(address) >= first && toNumber(address) <= last)
  }
  let prefix = 24
  while (prefix > 8 && !holdsAll(prefix)) prefix -= 1
  return `${toText(rangeOf(`${addresses[0] ?? ''}/${prefix}`).first)}/${prefix}`
}

/** The address by which hosts leave their network. */
export function gatewayOf(range: string): string {
  return nthOf(range, 1)
}

/**
 * A bridge for all hosts, and a router that leads from there to the outside. As an IaaS does, it lets nothing pass that bears
 * an address of nobody's, and says nothing where it knows no way.
 */
export function underlay(
  range: string,
  hosts: readonly Pick<Namespace, 'name' | 'generation'>[]
): Network['underlay'] {
  return {
    devices: [
      { id: 'lo', ip: [{ add: 'link set lo up' }], settings: ['net/ipv4/ip_forward=1'] },
      {
        id: `under0 ${range}`,
        ip: [
          { add: `link add under0 mtu ${underlayMtu} type bridge` },
          { add: `address add ${gatewayOf(range)}/${range.split('/')[1] ?? ''} dev under0` },
          { add: 'link set under0 up' },
          { add: 'route add blackhole default', remove: 'route delete blackhole default' }
        ],
        remove: 'link delete under0'
      },
      {
        id: outside.name,
        ip: [
          { add: `link add out0 type veth peer name eth0 netns ${outside.name}` },
          { add: `address add ${router}/24 dev out0` },
          { add: 'link set out0 up' }
        ],
        remove: 'link delete out0'
      },
      ...hosts.map(({ name, generation = '' }, index): Device => ({
        id: `${name} ${generation} ${range}`,
        ip: [
          {
            add: `link add under${index + 1} mtu ${underlayMtu} master under0 up type veth peer name eth0 mtu ${underlayMtu} netns ${name}`
          }
        ],
        remove: `link delete under${index + 1}`
      }))
    ],
    tables: {
      filter: { chains: {}, jumps: [`-A FORWARD -i under0 ! -s ${range} -j DROP`] }
    }
  }
}

/** The host outside. It answers, and has no way back to addresses that are not its neighbours' or the hosts'. */
export function outsideHost(range: string): Namespace {
  return {
    name: outside.name,
    devices: [
      {
        id: `eth0 ${range}`,
        ip: [
          { add: 'link set lo up' },
          { add: `address add ${outside.address}/24 dev eth0` },
          { add: 'link set eth0 up' },
          { add: `route add ${range} via ${router}` }
        ]
      }
    ],
    tables: {},
    listens: [outside.port]
  }
}
