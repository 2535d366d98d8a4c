import { nthOf } from '../cloud/ip.ts'
import { prefixOf } from '../platform/addresses.ts'
import type { Device, Line } from './model.ts'

/** A host's share of the overlay, with its address on the underlay. */
export interface Member {
  readonly underlay: string
  readonly subnet: string
}

/**
 * silk-vtep with what silk-daemon programs (cloudfoundry/silk at 886eb5a, daemon/vtep): its own address is the first of the
 * share, its MAC is made of that, and every other member has a route, a neighbour and an entry of the forwarding table.
 */
export function silkVtep(overlay: string, own: Member, members: readonly Member[]): Device {
  const base = nthOf(own.subnet, 0)
  const others = members.filter(({ subnet }) => subnet !== own.subnet)
  return {
    id: `silk-vtep ${own.underlay} ${own.subnet} ${overlay}`,
    ip: [
      {
        add: `link add silk-vtep address ${overlayMac('ee:ee', base)} type vxlan id 1 dstport 4789 local ${own.underlay} dev eth0 gbp nolearning`
      },
      { add: `address add ${base}/${prefixOf(overlay)} broadcast + dev silk-vtep scope link` },
      { add: 'link set silk-vtep up' },
      ...others.flatMap(({ subnet }) => towards(subnet, base))
    ],
    bridge: others.map(({ subnet, underlay }): Line => {
      const mac = overlayMac('ee:ee', nthOf(subnet, 0))
      return {
        add: `fdb replace ${mac} dev silk-vtep dst ${underlay} self permanent`,
        remove: `fdb delete ${mac} dev silk-vtep dst ${underlay} self`
      }
    }),
    remove: 'link delete silk-vtep'
  }
}

function towards(subnet: string, own: string): Line[] {
  const base = nthOf(subnet, 0)
  return [
    {
      add: `route replace ${subnet} via ${base} dev silk-vtep src ${own}`,
      remove: `route delete ${subnet} via ${base} dev silk-vtep`
    },
    {
      add: `neighbour replace ${base} lladdr ${overlayMac('ee:ee', base)} dev silk-vtep nud permanent`,
      remove: `neighbour delete ${base} dev silk-vtep`
    }
  ]
}

/** SILK's MAC addresses are two fixed bytes and the four of the IPv4 address: 10.255.3.4 → `ee:ee:0a:ff:03:04`. */
export function overlayMac(prefix: 'ee:ee' | 'aa:aa', address: string): string {
  const bytes = address.split('.').map(byte => Number(byte).toString(16).padStart(2, '0'))
  return [prefix, ...bytes].join(':')
}
