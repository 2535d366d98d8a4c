import { UserError } from './errors.ts'

const unitMillis: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000
}

/**
 * A length of time, with its unit in the value. Read and printed as Go does it, because that is what
 * Concourse reads: `1h30m`, `90s`, `300ms` (https://pkg.go.dev/time#ParseDuration, go1.22).
 */
export class Duration {
  readonly milliseconds: number

  private constructor(milliseconds: number) {
    this.milliseconds = milliseconds
  }

  static milliseconds(amount: number): Duration {
    if (!Number.isFinite(amount) || amount < 0) {
      throw new UserError('usage', `duration: found ${amount} ms, expected a number of at least 0`)
    }
    return new Duration(amount)
  }

  static seconds(amount: number): Duration {
    return Duration.milliseconds(amount * 1000)
  }

  static minutes(amount: number): Duration {
    return Duration.milliseconds(amount * 60_000)
  }

  static hours(amount: number): Duration {
    return Duration.milliseconds(amount * 3_600_000)
  }

  /** Reads Go's notation. Throws a UserError (wrong use) for anything else, days included: Go has none. */
  static parse(text: string): Duration {
    const found = Duration.tryParse(text)
    if (found !== undefined) return found
    throw new UserError('usage', `duration: found ${JSON.stringify(text)}, expected e.g. 1h30m, 90s or 300ms`)
  }

  /** Whether `parse` can read a text. */
  static isReadable(text: string): boolean {
    return /^(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.test(text)
  }

  /** As `parse`, but undefined where the text is no duration. */
  static tryParse(text: string): Duration | undefined {
    if (!Duration.isReadable(text)) return undefined
    let sum = 0
    for (const [, amount = '', unit = ''] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
      sum += Number(amount) * (unitMillis[unit] ?? 0)
    }
    return new Duration(sum)
  }

  minus(other: Duration): Duration {
    return Duration.milliseconds(Math.max(0, this.milliseconds - other.milliseconds))
  }

  /** The shortest of Go's notations: `1h30m`, not Go's own `1h30m0s`. */
  toString(): string {
    let rest = this.milliseconds
    const hours = Math.floor(rest / 3_600_000)
    rest -= hours * 3_600_000
    const minutes = Math.floor(rest / 60_000)
    rest -= minutes * 60_000
    const seconds = Math.floor(rest / 1000)
    const millis = rest - seconds * 1000
    const parts = [
      hours > 0 ? `${hours}h` : '',
      minutes > 0 ? `${minutes}m` : '',
      seconds > 0 ? `${seconds}s` : '',
      millis > 0 ? `${Number(millis.toFixed(6))}ms` : ''
    ]
    return parts.join('') || '0s'
  }

  /** For people who wait: `12 s`, `3 min 20 s`, `0.4 s`. */
  toWords(): string {
    const tenths = Math.round(this.milliseconds / 100)
    if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`
    // Rounded before it is split, so that nothing lasts 60 s or 3 min 60 s.
    const seconds = Math.round(this.milliseconds / 1000)
    if (seconds < 60) return `${seconds} s`
    const rest = seconds % 60
    return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`
  }
}
