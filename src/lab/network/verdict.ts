import type { Origin } from '../platform/reach.ts'
import type { World } from '../platform/world.ts'
import { containerName, hostName } from './desired.ts'
import type { LabNetwork } from './lab-network.ts'
import { wireAddress } from './wire-address.ts'

/** What became of one connection over real packets, in the addresses that the lab's machines are known by. */
export type PacketVerdict =
  /** `source` is the address that the other side saw, `self` the one that it was reached at. */
  | { readonly outcome: 'connected'; readonly source: string; readonly self: string }
  | { readonly outcome: 'refused' | 'timeout' | 'unreachable'; readonly reason: string }

/** Opens a connection, and says what became of it within so many milliseconds. */
export async function verdictByPackets(
  network: LabNetwork,
  world: World,
  from: Origin,
  { address, port, deadline }: { readonly address: string; readonly port: number; readonly deadline: number }
): Promise<PacketVerdict> {
  const namespace = namespaceOf(world, from)
  if (namespace === undefined) return { outcome: 'unreachable', reason: 'who asks does not run' }
  const asked = await network.ask(namespace, { address: wireAddress(address), port, deadline })
  if (asked.outcome === 'answered') {
    const { peer, self } = JSON.parse(asked.body) as { peer: string; self: string }
    return { outcome: 'connected', source: labAddress(world, peer), self: labAddress(world, self) }
  }
  // A connection that opens and breaks is one that somebody cut.
  return { outcome: asked.outcome === 'broken' ? 'refused' : asked.outcome, reason: asked.reason }
}

function namespaceOf(world: World, from: Origin): string | undefined {
  if (from.kind === 'machine') {
    const machine = world.machines.find(({ instance }) => instance.id === from.instance)
    return machine === undefined ? undefined : hostName(machine)
  }
  return world.containers.some(({ id }) => id === from.id) ? containerName(from) : undefined
}

function labAddress({ machines }: World, wire: string): string {
  return machines.find(({ address }) => wireAddress(address) === wire)?.address ?? wire
}
