import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DirectorContext } from './director/context.ts'
import { publishHostNames } from './dns.ts'
import type { ErrandOutcome, LabContext, LabService, RunningService } from './lab-service.ts'

type Common = Omit<LabContext, 'folder' | 'publish'>

interface Running {
  readonly service: RunningService
  readonly names: Set<string>
}

/** The services besides the Directors: each is up while some deployment wants it. */
export class OtherServices {
  readonly #services: readonly LabService[]
  readonly #common: Common
  readonly #running = new Map<LabService, Running>()
  #last: Promise<void> = Promise.resolve()

  constructor(services: readonly LabService[], common: Common) {
    this.#services = services
    this.#common = common
  }

  /** Starts and closes what the deployments now ask, one change after the other. */
  settle(): Promise<void> {
    const work = this.#last.catch(() => undefined).then(() => this.#settle())
    this.#last = work
    return work
  }

  /** Runs an errand on the first service that knows it; one that nobody knows succeeds in silence. */
  async runErrand(errand: Parameters<DirectorContext['runErrand']>[0]): Promise<ErrandOutcome> {
    const deployment = this.#common.state().deployments.find(({ name }) => name === errand.deployment)
    if (deployment !== undefined) {
      for (const service of this.#services) {
        const names = this.#running.get(service)?.names ?? new Set()
        const outcome = await service.runErrand?.({ ...errand, deployment }, this.#contextOf(service, names))
        if (outcome !== undefined) return outcome
      }
    }
    return { exitCode: 0, stdout: '', stderr: '' }
  }

  async #settle(): Promise<void> {
    const state = this.#common.state()
    for (const service of this.#services) {
      const running = this.#running.get(service)
      const isWanted = service.wanted(state)
      if (isWanted && running === undefined) await this.#start(service)
      if (!isWanted && running !== undefined) await this.#close(service, running)
    }
  }

  async #start(service: LabService): Promise<void> {
    const names = new Set<string>()
    this.#running.set(service, { service: await service.start(this.#contextOf(service, names)), names })
    this.#common.log(`${service.name} is up`)
  }

  async #close(service: LabService, { service: running, names }: Running): Promise<void> {
    this.#running.delete(service)
    await running.close()
    publishHostNames(this.#common.lab, Object.fromEntries([...names].map(name => [name, undefined])))
    rmSync(this.#folderOf(service), { recursive: true, force: true })
    this.#common.log(`${service.name} is down`)
  }

  #contextOf(service: LabService, names: Set<string>): LabContext {
    return {
      ...this.#common,
      folder: this.#folderOf(service),
      publish: published => {
        for (const name of Object.keys(published)) names.add(name)
        publishHostNames(this.#common.lab, published)
      }
    }
  }

  #folderOf({ name }: LabService): string {
    return join(this.#common.lab, 'services', name)
  }
}
