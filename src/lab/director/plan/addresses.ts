import { toNumber, toText } from '../../cloud/ip.ts'
import { DirectorError } from '../director-error.ts'
import type { InstanceRecord } from '../model.ts'
import type { Network, Subnet } from './cloud-config.ts'
import type { InstancePlan } from './instance-plan.ts'
import { slugOf } from './instance-plan.ts'

/** Where an instance's VM stands: one address in each network of its group. */
export interface Placement {
  /** By network name. */
  readonly ips: Readonly<Record<string, string>>
  /** cid of the cloud's network, of the first one that the manifest names. */
  readonly cloudNetwork: string
  /** The address there. */
  readonly ip: string
}

/** Gives out addresses: static ones where they are asked for, else the first that is free in the instance's zone. */
export class Addresses {
  readonly #taken: Set<number>

  /** `taken` are those of every VM that the Director knows, and those that the cloud has given to anything else. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map(toNumber))
  }

  /** Keeps the addresses that the instance has where they still fit. Throws the Director's errors. */
  place({ group, record }: InstancePlan): Placement {
    const given = group.networks.map(({ network, staticIps }) => {
      const ip =
        staticIps === undefined
          ? this.#dynamic(network, record)
          : this.#static(network, record, staticIps[record.index] ?? '')
      return { network, ...ip }
    })
    const first = given[0]
    if (first === undefined) throw new DirectorError(140009, `Instance '${slugOf(record)}' has no network`)
    return {
      ips: Object.fromEntries(given.map(({ network, ip }) => [network.name, ip])),
      cloudNetwork: first.subnet.cloudNetwork,
      ip: first.ip
    }
  }

  #static(network: Network, record: InstanceRecord, ip: string): { ip: string; subnet: Subnet } {
    const address = toNumber(ip)
    const subnet = network.subnets.find(({ range }) => isIn(range, address))
    if (subnet === undefined) {
      throw new DirectorError(
        130012,
        `Can't reserve IP '${ip}' to '${slugOf(record)}' for network '${network.name}': not contained in any subnet range`
      )
    }
    if (subnet.restricted.some(range => isIn(range, address))) {
      throw new DirectorError(
        130013,
        `Failed to reserve IP '${ip}' for network '${network.name}': IP belongs to reserved range`
      )
    }
    if (record.vm?.ips[network.name] !== ip && this.#taken.has(address)) {
      throw new DirectorError(
        130008,
        `Failed to reserve IP '${ip}' for instance '${slugOf(record)}': already reserved by another instance`
      )
    }
    this.#taken.add(address)
    return { ip, subnet }
  }

  #dynamic(network: Network, record: InstanceRecord): { ip: string; subnet: Subnet } {
    const subnets = network.subnets.filter(
      ({ azs }) => record.az === '' || (azs?.includes(record.az) ?? true)
    )
    const kept = record.vm?.ips[network.name]
    for (const subnet of subnets) {
      if (kept !== undefined && isIn(subnet.range, toNumber(kept))) return { ip: kept, subnet }
    }
    for (const subnet of subnets) {
      for (let address = subnet.range.first; address <= subnet.range.last; address += 1) {
        if (this.#taken.has(address)) continue
        if ([...subnet.restricted, ...subnet.static].some(range => isIn(range, address))) continue
        this.#taken.add(address)
        return { ip: toText(address), subnet }
      }
    }
    throw new DirectorError(
      130011,
      `Failed to reserve IP for '${slugOf(record)}' for manual network '${network.name}': no more available`
    )
  }
}

function isIn({ first, last }: { first: number; last: number }, address: number): boolean {
  return address >= first && address <= last
}
