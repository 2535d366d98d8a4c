import type { LabState, RunningInstance } from '../lab-service.ts'
import { blockCount, blockOf } from './addresses.ts'
import { groupsWith } from './jobs.ts'
import { controllerOf, membershipOf } from './silk.ts'

/** A machine's share of the overlay. */
export interface Lease {
  /** Id of the BOSH instance. */
  readonly instance: string
  readonly underlay: string
  /** `10.255.1.0/24`; its first address is the machine's own end. */
  readonly subnet: string
}

/**
 * The shares of all machines that are members now. Who had one keeps it while the machine lives; the others get the
 * first that is free. Block 0 is left for single addresses, as silk-controller leaves it.
 */
export function assignLeases(state: LabState, earlier: readonly Lease[]): readonly Lease[] {
  const controller = controllerOf(state)
  if (controller === undefined) return []
  const members = groupsWith(state, 'silk-daemon')
    .filter(group => membershipOf(group, controller).joined)
    .flatMap(group => group.instances)
  const kept = earlier.filter(lease => members.some(member => isOf(lease, member)))
  const taken = new Set(kept.map(({ subnet }) => subnet))
  const leases = [...kept]
  for (const member of members) {
    if (kept.some(lease => isOf(lease, member))) continue
    const subnet = firstFree(controller.network, controller.prefix, taken)
    // A controller without a free share refuses (409), and the daemon exits.
    if (subnet === undefined) continue
    taken.add(subnet)
    leases.push({ instance: member.id, underlay: member.ips[0] ?? '', subnet })
  }
  return leases
}

function isOf(lease: Lease, { id, ips }: RunningInstance): boolean {
  return lease.instance === id && lease.underlay === ips[0]
}

function firstFree(network: string, prefix: number, taken: ReadonlySet<string>): string | undefined {
  for (let index = 1; index < blockCount(network, prefix); index += 1) {
    const subnet = blockOf(network, prefix, index)
    if (!taken.has(subnet)) return subnet
  }
  return undefined
}
