import type { Duration } from '../core/duration.ts'
import type { GoDuration } from './model.ts'

type Unit = 'h' | 'm' | 's' | 'ms'

/**
 * A length of time as fly takes it, e.g. `1h30m`. A var is possible only where fly is given its value, as Concourse
 * itself resolves none here.
 */
export type DurationText =
  | `${number}${Unit}`
  | `${number}h${number}m`
  | `${number}h${number}s`
  | `${number}m${number}s`
  | `${number}h${number}m${number}s`
  | `((${string}))`

/** A length of time: `Duration.minutes(5)`, or in Go's notation `'5m'`. */
export type Time = Duration | DurationText | Verbatim

/** Text in the place of a time. */
class Verbatim {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type { Verbatim }

/** Text that stands where a time is expected and is none, for pipelines whose text is completed later. */
export function verbatim(text: string): Verbatim {
  return new Verbatim(text)
}

/** What the pipeline says of a time. */
export function timeText(time: Time | 'never' | undefined): GoDuration | undefined {
  return time === undefined ? undefined : String(time)
}
