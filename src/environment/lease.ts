import { stringify } from 'yaml'
import { Duration } from '../core/duration.ts'
import { readYaml } from './yaml-source.ts'

/**
 * A claim on an environment, as it stands in the claimed lock. It runs out: a lock alone is held for ever by whoever
 * dies with it. Keys keep the spelling of the YAML; times are ISO 8601 in UTC.
 */
export interface Lease {
  readonly environment: string
  /** Who holds it, e.g. `alice@desk` or the URL of a build. */
  readonly holder: string
  readonly pipeline?: string
  /** The run that holds it: two runs of one person are two holders. */
  readonly run?: string
  readonly acquired_at: string
  readonly expires_at: string
  /** How long after `expires_at` before somebody else may take it, in Go's notation. */
  readonly grace: string
  /** What stood in the lock before; giving it back restores it (Concourse's pool hands it to pipelines as metadata). */
  readonly lock?: string
}

/** Why an environment was taken out of its pool, as it stands in the quarantined lock. */
export interface Quarantine {
  readonly environment: string
  readonly reason: string
  readonly holder: string
  readonly quarantined_at: string
  readonly lock?: string
}

const leaseKeys = [
  'environment',
  'holder',
  'pipeline',
  'run',
  'acquired_at',
  'expires_at',
  'grace',
  'lock'
] as const satisfies readonly (keyof Lease)[]

const quarantineKeys = [
  'environment',
  'reason',
  'holder',
  'quarantined_at',
  'lock'
] as const satisfies readonly (keyof Quarantine)[]

/** The lease as YAML, with its keys always in the same order. */
export function formatLease(lease: Lease): string {
  return formatDocument(leaseKeys.map(key => [key, lease[key]]))
}

/** The lease that stands in a lock, or undefined where there is none: empty, or put there by somebody else. */
export function parseLease(text: string): Lease | undefined {
  const { environment, holder, pipeline, run, acquired_at, expires_at, grace, lock } = textsOf(
    text,
    leaseKeys
  )
  if (environment === undefined || holder === undefined || grace === undefined) return undefined
  if (!isTime(acquired_at) || !isTime(expires_at) || !Duration.isReadable(grace)) return undefined
  return {
    environment,
    holder,
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(run === undefined ? {} : { run }),
    acquired_at,
    expires_at,
    grace,
    ...(lock === undefined ? {} : { lock })
  }
}

/** Why an environment is out of its pool, as YAML, with its keys always in the same order. */
export function formatQuarantine(quarantine: Quarantine): string {
  return formatDocument(quarantineKeys.map(key => [key, quarantine[key]]))
}

/** The reason that stands in a quarantined lock, or undefined where there is none. */
export function parseQuarantine(text: string): Quarantine | undefined {
  const { environment, reason, holder, quarantined_at, lock } = textsOf(text, quarantineKeys)
  if (environment === undefined || reason === undefined || holder === undefined) return undefined
  if (!isTime(quarantined_at)) return undefined
  return { environment, reason, holder, quarantined_at, ...(lock === undefined ? {} : { lock }) }
}

/** Whether a lease is this holder's own, from this very run. */
export function isHeldBy(lease: Lease, who: Pick<Lease, 'holder' | 'run'>): boolean {
  return lease.holder === who.holder && lease.run === who.run
}

/** When somebody else may take it: its end, and the grace after that. */
export function takeableFrom(lease: Lease): Date {
  return new Date(Date.parse(lease.expires_at) + Duration.parse(lease.grace).milliseconds)
}

function formatDocument(entries: readonly (readonly [string, string | undefined])[]): string {
  const given = entries.filter(([, value]) => value !== undefined)
  return stringify(Object.fromEntries(given), {
    version: '1.1',
    lineWidth: 0,
    defaultKeyType: 'PLAIN',
    defaultStringType: 'QUOTE_DOUBLE'
  })
}

/** The texts among the wanted keys; none where it is no YAML. */
function textsOf<K extends string>(text: string, keys: readonly K[]): Partial<Record<K, string>> {
  const { value } = readYaml(text, 'lock')
  if (typeof value !== 'object' || value === null) return {}
  const found = new Map<string, unknown>(Object.entries(value))
  const texts: Partial<Record<K, string>> = {}
  for (const key of keys) {
    const item = found.get(key)
    if (typeof item === 'string') texts[key] = item
  }
  return texts
}

function isTime(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text))
}
