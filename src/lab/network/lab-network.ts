import { emptyNetwork, isOneNamespace, type Network } from './model.ts'
import { plan, type Plan } from './plan.ts'
import type { Asked, Ran } from './resident-protocol.ts'
import { Residents, type ResidentProgram } from './residents.ts'

/** What `LabNetwork.exec` runs. */
export interface ExecOptions {
  /** Milliseconds after which the program is killed, with all that it has started. */
  readonly deadline: number
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The network of one lab, made of real devices, routes and rules in namespaces of its own. It is gone with its process. */
export class LabNetwork {
  readonly #residents: Residents
  readonly #settled = new Map<string, Promise<void>>()
  #current: Network = emptyNetwork
  #last: Promise<unknown> = Promise.resolve()

  private constructor(residents: Residents) {
    this.#residents = residents
  }

  /** An empty one. Throws a UserError where this machine gives nobody namespaces of their own. */
  static async open(program: ResidentProgram): Promise<LabNetwork> {
    return new LabNetwork(await Residents.start(program))
  }

  /** Makes it what is desired, one change after the other. What the change does not name stays as it is, even if broken. */
  apply(desired: Network): Promise<void> {
    const work = this.#last.catch(() => undefined).then(() => this.#apply(desired))
    this.#last = work
    return work
  }

  /** Runs a program in the network namespace of a host or a container, by its name. */
  exec(namespace: string, [program = '', ...args]: readonly string[], options: ExecOptions): Promise<Ran> {
    return this.#residents.run({ program, args, ...options }, namespace)
  }

  /** Asks by HTTP from a host or a container. */
  async ask(
    namespace: string,
    {
      address,
      port,
      path = '/',
      deadline
    }: { address: string; port: number; path?: string; deadline: number }
  ): Promise<Asked> {
    // Who asks may ask what listens anywhere.
    await Promise.all([...this.#settled.values(), this.#settle(namespace, [])])
    return this.#residents.ask({ address, port, path, deadline }, namespace)
  }

  /** Ends all of it. */
  close(): Promise<void> {
    return this.#residents.close()
  }

  async #apply(desired: Network): Promise<void> {
    const current = this.#current
    const [before, after] = [current, desired].map(({ hosts, containers }) => [...hosts, ...containers])
    for (const old of before ?? []) {
      const kept = after?.find(namespace => isOneNamespace(namespace, old))
      if (kept === undefined || kept.listens.join() !== old.listens.join()) await this.#evict(old.name)
    }
    try {
      await this.#follow(plan(current, desired))
    } catch (thrown) {
      // Nobody knows how far it came. What is taken away by force is gone for sure, and can be made anew.
      for (const name of [...this.#settled.keys()]) await this.#evict(name)
      for (const made of [desired, current])
        await this.#follow(plan(made, emptyNetwork)).catch(() => undefined)
      this.#current = emptyNetwork
      throw thrown
    }
    this.#current = desired
    for (const { name, listens } of after ?? []) {
      if (listens.length > 0) void this.#settle(name, listens)
    }
  }

  async #follow(stages: Plan): Promise<void> {
    for (const stage of stages) {
      await Promise.all(stage.map(({ namespace, text }) => this.#residents.shell(text, namespace)))
    }
  }

  /** Starting a resident takes longer than all else; nobody waits for it who does not ask something. */
  #settle(namespace: string, ports: readonly number[]): Promise<void> {
    const settled = this.#settled.get(namespace) ?? this.#residents.settle(namespace, ports)
    this.#settled.set(namespace, settled)
    settled.catch(() => undefined)
    return settled
  }

  /** A namespace lives on as long as somebody is in it. */
  async #evict(name: string): Promise<void> {
    if (this.#settled.delete(name)) await this.#residents.evict(name)
  }
}
