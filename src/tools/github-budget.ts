import { UpstreamError } from './upstream-error.ts'
import type { Clock } from './http.ts'

/** What GitHub said last of how much may still be asked. */
export interface Rate {
  readonly limit: number
  readonly remaining: number
  readonly reset: Date
}

/** What is left to others who use the same token or address: a tenth. */
const reserve = 0.1

/** Keeps us from asking for the last of what may be asked in an hour. */
export class Budget {
  readonly #clock: Clock
  #rate: Rate | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get rate(): Rate | undefined {
    return this.#rate
  }

  /** Takes note of an answer, whatever it was. Answers that come late tell of an earlier time. */
  note(headers: Readonly<Record<string, string | number | undefined>>): void {
    const [limit, remaining, seconds] = ['limit', 'remaining', 'reset'].map(name =>
      Number(headers[`x-ratelimit-${name}`])
    )
    if (limit === undefined || remaining === undefined || seconds === undefined) return
    if (![limit, remaining, seconds].every(Number.isSafeInteger)) return
    const reset = new Date(seconds * 1000)
    const sameHour = this.#rate?.reset.getTime() === reset.getTime()
    if (sameHour && this.#rate !== undefined && this.#rate.remaining < remaining) return
    this.#rate = { limit, remaining, reset }
  }

  /** Throws an UpstreamError (reserve-reached, rate-limited) where one more question would go into the reserve. */
  guard(url: string): void {
    const rate = this.#rate
    if (rate === undefined || rate.reset <= this.#clock.now()) return
    if (rate.remaining > Math.ceil(rate.limit * reserve)) return
    throw new UpstreamError(
      rate.remaining === 0 ? 'rate-limited' : 'reserve-reached',
      `${url}: found ${rate.remaining} of ${rate.limit} questions left, expected more than the reserve`,
      { hint: `ask again after ${rate.reset.toISOString()}, when GitHub counts anew`, until: rate.reset }
    )
  }
}
