import { UserError } from '../../core/errors.ts'
import type { Packets } from '../platform/network.ts'
import type { Origin, Verdict } from '../platform/reach.ts'
import type { World } from '../platform/world.ts'
import { desiredNetwork } from './desired.ts'
import { LabNetwork } from './lab-network.ts'
import type { NetworkPlaces } from './places.ts'
import { verdictByPackets } from './verdict.ts'

/** Nobody waits longer in the lab for what will not come, whatever its program was told. */
const longestWait = 3

/**
 * The network of a lab, made when the first connection is tried, and brought to what the lab's world says before each. Where
 * this machine gives nobody namespaces of their own, it says so once in the lab's log, and tries nothing.
 */
export class PacketNetwork implements Packets {
  readonly #places: NetworkPlaces
  readonly #log: (line: string) => void
  #opened: Promise<LabNetwork | undefined> | undefined

  constructor(places: NetworkPlaces, log: (line: string) => void) {
    this.#places = places
    this.#log = log
  }

  async connect(
    world: World,
    from: Origin,
    to: { readonly address: string; readonly port: number; readonly seconds: number | undefined }
  ): Promise<Verdict | undefined> {
    this.#opened ??= this.#open()
    const network = await this.#opened
    if (network === undefined) return undefined
    await network.apply(desiredNetwork(world, this.#places.sources))
    const deadline = Math.min(to.seconds ?? longestWait, longestWait) * 1000
    const found = await verdictByPackets(network, world, from, { ...to, deadline })
    if (found.outcome !== 'connected') return found
    const container = world.containers.find(({ address }) => address === found.self)
    return {
      outcome: 'connected',
      source: found.source,
      by: container === undefined ? { kind: 'kubernetes-api' } : { kind: 'container', container }
    }
  }

  close(): void {
    void this.#opened?.then(network => network?.close())
  }

  async #open(): Promise<LabNetwork | undefined> {
    try {
      return await LabNetwork.open(this.#places.resident)
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown
      this.#log(`connections are worked out, and not tried: ${thrown.message}`)
      return undefined
    }
  }
}
