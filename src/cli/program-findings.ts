import type { Pipeline } from '../concourse/model.ts'
import { notingCalls } from '../concourse/origin.ts'
import type { Finding } from '../core/finding.ts'
import type { CheckOptions } from '../rules/check-pipeline.ts'
import { checkProgram, type PlaceOf } from '../rules/check-program.ts'
import { CallSites } from './call-sites.ts'

/** Checks what programs made, and says where in their sources the calls stand. */
export class ProgramFindings {
  readonly #sites = new CallSites()
  readonly #options: CheckOptions
  readonly #found = new Map<string, Finding>()

  constructor(options: CheckOptions = {}) {
    this.#options = options
  }

  /** Adds what is wrong with the pipeline that the program `source` makes. */
  async add(make: () => Pipeline | Promise<Pipeline>, source: string): Promise<Pipeline> {
    const pipeline = await make()
    const check = checkProgram(pipeline, this.#options)
    if (check.isRight) return pipeline
    const noted = await notingCalls(make)
    const placeOf: PlaceOf = origin => this.#sites.of(origin?.frame()) ?? { file: source }
    for (const finding of check.findings(noted, placeOf)) {
      const { code, file, line, column, path, message } = finding
      // One program makes a pipeline for each environment; what is wrong in it is told once.
      this.#found.set([code, file, line, column, path, message].join('\0'), finding)
    }
    return pipeline
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()]
  }
}
