/** Writes a task's events, one JSON line each, as the CLI reads them (bosh v283, event_log.rb). */
export class EventLog {
  readonly #write: (line: string) => void

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  /** A group of steps that are counted together, e.g. `Updating instance` with the tag `router`. */
  stage(name: string, total: number, tags: readonly string[] = []): Stage {
    let index = 0
    return {
      track: async (task, work) => {
        index += 1
        const step = { stage: name, tags, total, task, index }
        this.#entry({ ...step, state: 'started', progress: 0 })
        try {
          const result = await work()
          this.#entry({ ...step, state: 'finished', progress: 100 })
          return result
        } catch (thrown) {
          const error = thrown instanceof Error ? thrown.message : String(thrown)
          this.#entry({ ...step, state: 'failed', progress: 100, data: { error } })
          throw thrown
        }
      }
    }
  }

  warn(message: string): void {
    this.#entry({ type: 'warning', message })
  }

  error(code: number, message: string): void {
    this.#entry({ error: { code, message } })
  }

  #entry(entry: object): void {
    this.#write(JSON.stringify({ time: Math.floor(Date.now() / 1000), ...entry }))
  }
}

export interface Stage {
  /** Logs the begin and the end of one step, or how it failed. */
  track<T>(task: string, work: () => Promise<T> | T): Promise<T>
}
