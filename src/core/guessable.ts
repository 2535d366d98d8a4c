import { shortestPattern } from './text-search.ts'

/** Words that stand in a log without being anybody's password, even where somebody made one of them his password. */
const common = new Set([
  'administrator',
  'anonymous',
  'bosh-admin',
  'changeit',
  'changeme',
  'cloudfoundry',
  'concourse',
  'credhub-admin',
  'director',
  'kubernetes',
  'kubo-admin',
  'localhost',
  'password',
  'postgres',
  'undefined'
])

/**
 * Whether a value is too short or too common to be hidden wherever it stands: `admin`, `true`, a number, an address. Hiding
 * it would tear words apart and tell what it is; anybody would guess it anyway.
 */
export function isGuessable(value: string): boolean {
  const text = value.trim()
  return (
    text.length < shortestPattern ||
    common.has(text.toLowerCase()) ||
    /^[-+]?[\d.,_:]{1,15}$/.test(text) ||
    /^(\d{1,3}\.){3}\d{1,3}(:\d+)?(\/\d+)?$/.test(text) ||
    // One character again and again.
    /^(.)\1*$/.test(text)
  )
}
