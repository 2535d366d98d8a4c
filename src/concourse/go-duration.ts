const unitNanos: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n
}

const duration = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/

/**
 * A length of time as Go writes it again: `1h30m` as `1h30m0s`, `90s` as `1m30s`. Undefined where Go can't read it
 * (https://pkg.go.dev/time#ParseDuration, https://pkg.go.dev/time#Duration.String).
 */
export function goDuration(text: string): string | undefined {
  if (/^[-+]?0$/.test(text)) return '0s'
  const [, sign, amounts] = duration.exec(text) ?? []
  if (amounts === undefined) return undefined
  let nanos = 0n
  for (const [, whole = '', fraction = '', unit = ''] of amounts.matchAll(/(\d*)\.?(\d*)([a-zµμ]+)/g)) {
    const size = unitNanos[unit] ?? 0n
    // What is less than a nanosecond is dropped.
    nanos += BigInt(whole || 0) * size + (BigInt(fraction || 0) * size) / 10n ** BigInt(fraction.length)
  }
  if (nanos > 2n ** 63n - 1n) return undefined
  return nanos === 0n ? '0s' : `${sign === '-' ? '-' : ''}${written(nanos)}`
}

function written(nanos: bigint): string {
  if (nanos < 1_000n) return `${nanos}ns`
  if (nanos < 1_000_000n) return `${decimal(nanos, 3)}µs`
  if (nanos < 1_000_000_000n) return `${decimal(nanos, 6)}ms`
  const minutes = nanos / 60_000_000_000n
  const seconds = `${decimal(nanos % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return seconds
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** With the point `places` from the right, and no zeros at the end. */
function decimal(nanos: bigint, places: number): string {
  const digits = String(nanos).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}
