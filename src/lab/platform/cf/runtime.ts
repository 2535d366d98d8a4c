import type { ContainerNetwork, Contributor } from '../network.ts'
import { jobOf } from '../jobs.ts'
import type { Shell } from '../shell.ts'
import type { Container, EgressRule, Machine } from '../world.ts'
import type { App, CfData } from './model.ts'

/** How one instance of an app is. */
export type InstanceState =
  | { readonly state: 'RUNNING'; readonly address: string; readonly machine: Machine }
  | { readonly state: 'DOWN'; readonly reason: string }

/** Runs the apps that are to run: places their instances on cells, and takes them away again. */
export class CfRuntime implements Contributor {
  readonly #data: CfData
  readonly #network: ContainerNetwork

  constructor(data: CfData, network: ContainerNetwork) {
    this.#data = data
    this.#network = network
  }

  containers(): readonly Container[] {
    return this.#running().flatMap(app =>
      instanceIds(app).map(id => ({
        id,
        kind: 'app' as const,
        policyGroup: app.guid,
        image: app.image ?? ''
      }))
    )
  }

  policies(): CfData['policies'] {
    return this.#data.policies
  }

  /** What the security groups of all running apps allow. */
  egress(): readonly EgressRule[] {
    return Object.values(this.#data.securityGroups).flatMap(({ running, rules }) => (running ? rules : []))
  }

  /** Gives a place to every instance that has none, on the cell with the fewest of them. */
  reconcile(): void {
    const ids = new Set(this.#running().flatMap(instanceIds))
    const placed = this.#network.world().containers.filter(({ kind }) => kind === 'app')
    for (const id of ids) {
      if (placed.some(container => container.id === id)) continue
      this.#network.remove(id)
      const load = (cell: Machine): number =>
        placed.filter(({ machine }) => machine.instance.id === cell.instance.id).length
      const cells = this.#cells().filter(cell => cell.lease !== undefined)
      for (const cell of cells.sort((a, b) => load(a) - load(b))) {
        if (!this.#network.place(id, cell)) continue
        const found = this.#network.find(id)
        if (found !== undefined) placed.push({ id, kind: 'app', policyGroup: '', image: '', ...found })
        break
      }
    }
  }

  /** Takes the instances of an app away. */
  stop(app: App): void {
    for (const id of instanceIds(app)) this.#network.remove(id)
  }

  instance(app: App, index: number): InstanceState {
    const found = this.#network.find(idOf(app.guid, index))
    if (found !== undefined) return { state: 'RUNNING', ...found }
    const cells = this.#cells()
    if (cells.length === 0) return { state: 'DOWN', reason: 'insufficient resources: no cells' }
    const reason = 'failed to create container: external networker: silk-cni: no lease on any cell'
    return {
      state: 'DOWN',
      reason: cells.some(cell => cell.lease !== undefined) ? 'insufficient resources' : reason
    }
  }

  /** Tries to give a container a place on a cell, and takes it away again; why it got none. */
  trial(): string | undefined {
    const id = idOf('trial', 0)
    try {
      const cells = this.#cells()
      if (cells.some(cell => this.#network.place(id, cell))) return undefined
      return cells.length === 0 ? 'no cells' : 'no cell has an address for a container'
    } finally {
      this.#network.remove(id)
    }
  }

  /** A shell in an instance that runs; undefined where it does not. */
  shell(app: App, index: number): Shell | undefined {
    const instance = this.instance(app, index)
    if (instance.state !== 'RUNNING') return undefined
    const id = idOf(app.guid, index)
    return {
      network: this.#network,
      origin: { kind: 'container', id },
      hostname: id.split('/')[1]?.slice(0, 8) ?? '',
      env: {
        ...app.env,
        CF_INSTANCE_GUID: `${app.guid}-${index}`,
        CF_INSTANCE_INDEX: String(index),
        CF_INSTANCE_INTERNAL_IP: instance.address,
        CF_INSTANCE_IP: instance.machine.address,
        HOME: '/home/vcap/app',
        MEMORY_LIMIT: `${app.memoryMiB}m`,
        PORT: '8080',
        VCAP_APPLICATION: JSON.stringify({ application_id: app.guid, application_name: app.name })
      },
      // Apps ask the cell's bosh-dns, which knows nothing of Kubernetes.
      lookUp: () => undefined
    }
  }

  #running(): readonly App[] {
    return Object.values(this.#data.apps).filter(app => app.state === 'STARTED' && app.image !== undefined)
  }

  #cells(): Machine[] {
    return this.#network.machines().filter(({ group }) => jobOf(group, 'rep') !== undefined)
  }
}

function instanceIds(app: App): readonly string[] {
  return Array.from({ length: app.instances }, (_, index) => idOf(app.guid, index))
}

function idOf(guid: string, index: number): string {
  return `app/${guid}/${index}`
}
