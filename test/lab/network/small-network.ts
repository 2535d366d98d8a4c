import type { Namespace, Network } from '../../../src/lab/network/model.ts'
import { silkCable } from '../../../src/lab/network/container-cable.ts'
import { silkVtep, type Member } from '../../../src/lab/network/overlay.ts'

const overlay = '10.255.0.0/16'

/** A container of a small network. */
export interface SmallContainer {
  readonly name: string
  /** Number of its host, from 1. */
  readonly host: number
  readonly address: string
  readonly listens: readonly number[]
}

/** Hosts on one bridge, each with a share of the overlay, and containers on them. */
export function smallNetwork(hosts: number, containers: readonly SmallContainer[]): Network {
  const members = Array.from({ length: hosts }, (_, index): Member => ({
    underlay: `10.4.5.${index + 11}`,
    subnet: `10.255.${index + 1}.0/24`
  }))
  return {
    underlay: {
      devices: [
        {
          id: 'under0',
          ip: [{ add: 'link add under0 type bridge' }, { add: 'link set under0 up' }],
          remove: 'link delete under0'
        },
        ...members.map((_, index) => ({
          id: `cable ${index}`,
          ip: [
            {
              add: `link add u${index} master under0 up type veth peer name eth0 netns host${index + 1}`
            }
          ],
          remove: `link delete u${index}`
        }))
      ],
      tables: {}
    },
    hosts: members.map((own, index): Namespace => ({
      name: `host${index + 1}`,
      devices: [
        {
          id: 'eth0',
          ip: [{ add: `address add ${own.underlay}/24 dev eth0` }, { add: 'link set eth0 up' }],
          settings: ['net/ipv4/ip_forward=1']
        },
        silkVtep(overlay, own, members),
        ...containers
          .filter(({ host }) => host === index + 1)
          .map(({ name, address }) => silkCable(name, address, 1450).onHost)
      ],
      tables: {},
      listens: []
    })),
    containers: containers.map(({ name, address, listens }) => ({
      name,
      devices: silkCable(name, address, 1450).inContainer,
      tables: {},
      listens
    }))
  }
}
