import type { Pipeline } from '../concourse/model.ts'
import type { Finding } from '../core/finding.ts'
import type { CheckOptions } from '../rules/check-pipeline.ts'
import { checkProgram } from '../rules/check-program.ts'
import { CallSites } from './call-sites.ts'

/** Checks what programs made, and says where in their sources the calls stand. */
export class ProgramFindings {
  readonly #sites = new CallSites()
  readonly #options: CheckOptions
  readonly #found = new Map<string, Finding>()

  constructor(options: CheckOptions = {}) {
    this.#options = options
  }

  /** Adds what is wrong with a pipeline of the program `source`. */
  add(pipeline: Pipeline, source: string): void {
    const findings = checkProgram(
      pipeline,
      origin => this.#sites.of(origin?.frame()) ?? { file: source },
      this.#options
    )
    for (const finding of findings) {
      const { code, file, line, column, path, message } = finding
      // One program makes a pipeline for each environment; what is wrong in it is told once.
      this.#found.set([code, file, line, column, path, message].join('\0'), finding)
    }
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()]
  }
}
