/** Prints the steps of create-env as the bosh CLI does (bosh-cli v7.10, ui/stage.go). */
export class StagePrinter {
  readonly #print: (text: string) => void
  readonly #indent: string

  constructor(print: (text: string) => void, indent = '') {
    this.#print = print
    this.#indent = indent
  }

  /** `  Creating VM… Finished (00:00:04)` */
  async perform<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const started = performance.now()
    this.#print(`${this.#indent}${name}...`)
    try {
      const result = await work()
      this.#print(` Finished (${lengthSince(started)})\n`)
      return result
    } catch (thrown) {
      this.#print(` Failed (${lengthSince(started)})\n`)
      throw thrown
    }
  }

  skip(name: string, reason: string): void {
    this.#print(`${this.#indent}${name}... Skipped [${reason}] (00:00:00)\n`)
  }

  /** A group of steps: `Started deploying` … `Finished deploying (00:01:10)` and an empty line. */
  async performGroup<T>(name: string, work: (stage: StagePrinter) => Promise<T>): Promise<T> {
    const started = performance.now()
    this.#print(`${this.#indent}Started ${name}\n`)
    try {
      const result = await work(new StagePrinter(this.#print, `${this.#indent}  `))
      this.#print(`${this.#indent}Finished ${name} (${lengthSince(started)})\n\n`)
      return result
    } catch (thrown) {
      this.#print(`${this.#indent}Failed ${name} (${lengthSince(started)})\n\n`)
      throw thrown
    }
  }
}

function lengthSince(started: number): string {
  const seconds = Math.round((performance.now() - started) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map(part => String(part).padStart(2, '0')).join(':')
}
