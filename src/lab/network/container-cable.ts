import { overlayMac } from './overlay.ts'
import type { Device, Namespace } from './model.ts'

const gateway = '169.254.0.1'

/** silk-cni's name for the host's end of a container's cable: 10.255.3.4 is at `s-010255003004`. */
export function hostDevice(address: string): string {
  return `s-${address
    .split('.')
    .map(byte => byte.padStart(3, '0'))
    .join('')}`
}

/**
 * Both ends of a container's cable as silk-cni makes them (cloudfoundry/silk at 886eb5a, cni/lib): point to point, without
 * ARP, the same address on the host's side of each.
 */
export function silkCable(
  container: string,
  address: string,
  mtu: number
): { readonly onHost: Device; readonly inContainer: Namespace['devices'] } {
  const device = hostDevice(address)
  const [hostMac, mac] = [overlayMac('aa:aa', address), overlayMac('ee:ee', address)]
  return {
    onHost: {
      id: `${device} ${container} ${mtu}`,
      ip: [
        {
          add: `link add ${device} address ${hostMac} mtu ${mtu} type veth peer name eth0 address ${mac} mtu ${mtu} netns ${container}`
        },
        { add: `link set ${device} arp off up` },
        { add: `address add ${gateway} peer ${address}/32 dev ${device} scope link` },
        { add: `neighbour add ${address} lladdr ${mac} dev ${device} nud permanent` }
      ],
      settings: quiet(device),
      remove: `link delete ${device}`
    },
    inContainer: [
      { id: 'lo', ip: [{ add: 'link set lo up' }] },
      {
        id: `eth0 ${address} ${mtu}`,
        ip: [
          { add: 'link set eth0 arp off up' },
          { add: `address add ${address} peer ${gateway}/32 dev eth0 scope link` },
          { add: `neighbour add ${gateway} lladdr ${hostMac} dev eth0 nud permanent` },
          { add: `route add default via ${gateway} src ${address} dev eth0` }
        ],
        settings: quiet('eth0')
      }
    ]
  }
}

function quiet(device: string): string[] {
  return [`net/ipv6/conf/${device}/disable_ipv6=1`, `net/ipv4/conf/${device}/rp_filter=1`]
}
