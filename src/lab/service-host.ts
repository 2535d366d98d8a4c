import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import type { Value } from '../manifest/value.ts'
import { Cloud } from './cloud/cloud.ts'
import type { Vm } from './cloud/model.ts'
import { startDirectorHost, type DirectorHost } from './director/director-host.ts'
import { isRunningDirector, vmManifest } from './director-vm.ts'
import { readDirectorSettings } from './director/settings.ts'
import type { LabService, LabState } from './lab-service.ts'
import { OtherServices } from './other-services.ts'
import { paceOf, readSettings } from './pace.ts'

/** All that the lab's one process hosts: the Directors whose VMs the cloud runs, and what their deployments bring up. */
export class ServiceHost {
  readonly #lab: string
  readonly #cloud: Cloud
  readonly #log: (line: string) => void
  /** By cid of the VM. */
  readonly #directors = new Map<string, DirectorHost>()
  readonly #others: OtherServices

  constructor(lab: string, services: readonly LabService[], log: (line: string) => void) {
    this.#lab = lab
    this.#cloud = new Cloud(lab)
    this.#log = log
    this.#others = new OtherServices(services, {
      lab,
      cloud: this.#cloud,
      log,
      state: () => this.#state(),
      credential: name => this.#credential(name)
    })
  }

  /** Starts and closes what the cloud says; whether anything is hosted then. Throws when something does not start. */
  async sync(): Promise<boolean> {
    const wanted = new Map(
      this.#cloud
        .all('vm')
        .filter(isRunningDirector)
        .map(vm => [vm.cid, vm])
    )
    for (const [cid, host] of this.#directors) {
      if (wanted.has(cid)) continue
      this.#directors.delete(cid)
      await host.close()
    }
    for (const [cid, vm] of wanted) {
      if (!this.#directors.has(cid)) this.#directors.set(cid, await this.#start(vm))
    }
    await this.#others.settle()
    return this.#directors.size > 0
  }

  /** Writes to disk what is not there yet; for a process that is about to end. */
  flush(): void {
    for (const host of this.#directors.values()) host.flush()
  }

  async #start(vm: Vm): Promise<DirectorHost> {
    const manifest = JSON.parse(readFileSync(join(this.#cloud.vmFolder(vm.cid), vmManifest), 'utf8')) as Value
    const disk = this.#cloud.all('disk').find(each => each.vm === vm.cid)
    if (disk === undefined) throw new Error(`VM ${vm.cid} has no persistent disk`)
    const host = await startDirectorHost({
      lab: this.#lab,
      settings: readDirectorSettings(manifest, vm.ip),
      disk: this.#cloud.diskFolder(disk.cid),
      cloud: this.#cloud,
      pace: paceOf(readSettings(this.#lab)),
      settle: () => this.#others.settle(),
      runErrand: errand => this.#others.runErrand(errand),
      log: this.#log
    }).catch((thrown: unknown) => {
      throw new Error(`Director on ${vm.ip} does not start: ${messageOf(thrown)}`, { cause: thrown })
    })
    this.#log(`${host.name} answers on ${vm.ip}`)
    return host
  }

  #state(): LabState {
    return { deployments: [...this.#directors.values()].flatMap(host => host.deployments()) }
  }

  #credential(name: string): Value | undefined {
    const [, director] = name.split('/')
    const own = [...this.#directors.values()].filter(host => host.name === director)
    const hosts = own.length > 0 ? own : [...this.#directors.values()]
    return hosts.map(host => host.credhub.latest(name)?.value).find(value => value !== undefined)
  }
}
