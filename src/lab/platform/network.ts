import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nthOf } from '../cloud/ip.ts'
import type { LabState } from '../lab-service.ts'
import { Saved } from '../saved.ts'
import { assignLeases, type Lease } from './leases.ts'
import { reach, type Origin, type Verdict } from './reach.ts'
import { controllerOf } from './silk.ts'
import {
  flannelSubnetOf,
  machinesOf,
  type Container,
  type EgressRule,
  type Machine,
  type Placed,
  type Policy,
  type ServicePort,
  type World
} from './world.ts'

interface NetworkData {
  leases: readonly Lease[]
  /** By container: its machine, and which address of the machine's share it has. */
  readonly places: Record<string, { readonly instance: string; readonly offset: number }>
}

/** What those who run containers tell the network. Asked anew for each connection. */
export interface Contributor {
  containers(): readonly Container[]
  policies?(): readonly Policy[]
  egress?(): readonly EgressRule[]
  services?(): readonly ServicePort[]
  kubernetesApi?(): World['kubernetesApi']
}

/** Real packets between containers. */
export interface Packets {
  /** What became of a connection; undefined where this machine carries no packets for anybody. */
  connect(
    world: World,
    from: Origin,
    to: { readonly address: string; readonly port: number; readonly seconds: number | undefined }
  ): Promise<Verdict | undefined>
  close(): void
}

/**
 * The network that apps and pods share: it gives containers their addresses and says which connections open. It is
 * derived from what the deployed manifests say; nothing in it is taken for granted.
 */
export class ContainerNetwork {
  readonly #path: string
  readonly #saved: Saved<NetworkData>
  readonly #state: () => LabState
  readonly #packets: Packets | undefined
  readonly #contributors = new Set<Contributor>()
  #derived: { readonly state: LabState; readonly machines: readonly Machine[] } | undefined

  /** Without `packets`, connections are worked out and not tried. */
  constructor(lab: string, state: () => LabState, packets?: Packets) {
    this.#path = join(lab, 'services', 'network.json')
    mkdirSync(dirname(this.#path), { recursive: true })
    this.#saved = new Saved<NetworkData>(this.#path, { leases: [], places: {} })
    this.#state = state
    this.#packets = packets
  }

  join(contributor: Contributor): void {
    this.#contributors.add(contributor)
  }

  /** The last one to leave takes the network's state along. */
  leave(contributor: Contributor): void {
    this.#contributors.delete(contributor)
    this.#saved.flush()
    if (this.#contributors.size > 0) return
    rmSync(this.#path, { force: true })
    this.#packets?.close()
  }

  /** Whether anybody still runs containers. */
  get isUsed(): boolean {
    return this.#contributors.size > 0
  }

  /** The machines that run; worked out again only when something about them has changed. */
  machines(): readonly Machine[] {
    const state = this.#state()
    if (this.#derived === undefined || !isSame(this.#derived.state, state)) {
      this.#derived = { state, machines: this.#machinesOf(state) }
    }
    return this.#derived.machines
  }

  #machinesOf(state: LabState): readonly Machine[] {
    const leases = assignLeases(state, this.#saved.data.leases)
    if (JSON.stringify(leases) !== JSON.stringify(this.#saved.data.leases)) {
      this.#saved.data.leases = leases
      this.#saved.touch()
    }
    return machinesOf(state, leases)
  }

  /** Puts a container on a machine; false where the machine has no address left for it, or no network. */
  place(id: string, machine: Machine): boolean {
    const { places } = this.#saved.data
    const taken = new Set(
      Object.values(places).flatMap(place => (place.instance === machine.instance.id ? [place.offset] : []))
    )
    const subnet = this.#subnetOf(machine, id)
    if (subnet === undefined) return false
    const size = 2 ** (32 - Number(subnet.split('/')[1] ?? '24'))
    // The first address is the machine's own end, the second the one that host-local keeps as a gateway.
    for (let offset = 2; offset < size - 1; offset += 1) {
      if (taken.has(offset)) continue
      places[id] = { instance: machine.instance.id, offset }
      this.#saved.touch()
      return true
    }
    return false
  }

  /** Takes a container away; nothing happens where it has no place. */
  remove(id: string): void {
    if (!Object.hasOwn(this.#saved.data.places, id)) return
    Reflect.deleteProperty(this.#saved.data.places, id)
    this.#saved.touch()
  }

  /** The machine and address of a container; undefined where it has none, also because its machine is gone. */
  find(id: string): Pick<Placed, 'machine' | 'address'> | undefined {
    return this.#locate(id, this.machines())
  }

  /** What becomes of a connection, worked out by the rules of all that is on its way. */
  reach(from: Origin, address: string, port: number): Verdict {
    return reach(this.world(), from, address, port)
  }

  /** What becomes of a connection, tried with real packets where there are some; in so many seconds, where it is said. */
  async connect(from: Origin, address: string, port: number, seconds?: number): Promise<Verdict> {
    const world = this.world()
    const tried = await this.#packets?.connect(world, from, { address, port, seconds })
    return tried ?? reach(world, from, address, port)
  }

  /** All that decides about connections, as it is now. */
  world(): World {
    const machines = this.machines()
    const all = [...this.#contributors]
    const overlay = controllerOf(this.#state())?.network
    const kubernetesApi = all.map(contributor => contributor.kubernetesApi?.()).find(api => api !== undefined)
    return {
      machines,
      containers: all.flatMap(contributor =>
        contributor.containers().flatMap(container => {
          const place = this.#locate(container.id, machines)
          return place === undefined ? [] : [{ ...container, ...place }]
        })
      ),
      policies: all.flatMap(contributor => contributor.policies?.() ?? []),
      egress: all.flatMap(contributor => contributor.egress?.() ?? []),
      services: () => all.flatMap(contributor => contributor.services?.() ?? []),
      ...(overlay === undefined ? {} : { overlay }),
      ...(kubernetesApi === undefined ? {} : { kubernetesApi })
    }
  }

  #locate(id: string, machines: readonly Machine[]): Pick<Placed, 'machine' | 'address'> | undefined {
    const place = this.#saved.data.places[id]
    const machine = machines.find(({ instance }) => instance.id === place?.instance)
    const subnet = machine === undefined ? undefined : this.#subnetOf(machine, id)
    if (place === undefined || machine === undefined || subnet === undefined) return undefined
    return { machine, address: nthOf(subnet, place.offset) }
  }

  /** The machine's addresses for containers: its share of SILK, or of Flannel's range by its place among the workers. */
  #subnetOf(machine: Machine, id: string): string | undefined {
    if (id.startsWith('app/')) return machine.lease?.subnet
    if (machine.pods?.kind === 'silk') return machine.lease?.subnet
    return flannelSubnetOf(machine)
  }
}

/** Whether the same manifests run on the same instances. A deploy brings a manifest of its own, even an equal one. */
function isSame(left: LabState, right: LabState): boolean {
  return (
    left.deployments.length === right.deployments.length &&
    left.deployments.every((deployment, index) => {
      const other = right.deployments[index]
      return (
        deployment.manifest === other?.manifest &&
        JSON.stringify(deployment.instances) === JSON.stringify(other.instances)
      )
    })
  )
}
