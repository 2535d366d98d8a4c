import type { Finding } from '../core/finding.ts'
import { at, listAt, textAt, type Value } from '../manifest/value.ts'

/** The entry of a list under a key that bears a name. */
export function named(holder: Value | undefined, list: string, name: string): Value | undefined {
  return listAt(holder, list).find(entry => textAt(entry, 'name') === name)
}

/** A job of an instance group. */
export function jobOf(manifest: Value, group: string, job: string): Value | undefined {
  return named(named(manifest, 'instance_groups', group), 'jobs', job)
}

/** The names in the list under a key, as a message says what was found. */
export function namesIn(holder: Value | undefined, list: string): string {
  const names = listAt(holder, list).map(entry => textAt(entry, 'name') ?? '?')
  return names.length === 0 ? 'none' : names.join(', ')
}

/** The keys of a map, as a message says what was found. */
export function keysIn(holder: Value | undefined, ...path: readonly string[]): string {
  const map = at(holder, ...path)
  const keys = typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.keys(map) : []
  return keys.length === 0 ? 'none' : keys.join(', ')
}

/** Something that a manifest has to have, and has not. `path` is that of an ops file. */
export function notFound(file: string, path: string, found: string, expected: string): Finding {
  return {
    code: 'unknown-manifest',
    severity: 'error',
    file,
    path,
    message: `found ${found}, expected ${expected}`
  }
}
