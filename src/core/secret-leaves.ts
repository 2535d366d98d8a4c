import { isSecretName } from './secrets.ts'

export interface LeafOptions {
  /** Whether every text is a secret unless its name says otherwise, as in the vars store of `bosh create-env`. @default false */
  readonly mostly?: boolean
}

/** What stands beside a secret and is none: the public half of a key, who logs in. */
const publicNames = new Set([
  'ca',
  'cert',
  'certificate',
  'certificate_ca',
  'client',
  'fingerprint',
  'name',
  'public_key',
  'public_key_fingerprint',
  'type',
  'user',
  'username'
])

/** The secrets in data that a program wrote: what has the name of one, and every private key, under whatever name. */
export function secretLeaves(data: unknown, options: LeafOptions = {}, name = ''): string[] {
  if (typeof data === 'string') return secretsInLeaf(name, data, options)
  if (typeof data !== 'object' || data === null) return []
  // An item of a list is what the list is called.
  const entries = Array.isArray(data)
    ? data.map(item => [name, item as unknown] as const)
    : Object.entries(data)
  return entries.flatMap(([key, value]) => secretLeaves(value, options, key))
}

function secretsInLeaf(name: string, text: string, { mostly = false }: LeafOptions): string[] {
  // `directorPassword` is `director_password`; terraform 0.11 joins the path to a value by dots.
  const snake =
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .split('.')
      .at(-1) ?? ''
  const isSecret = isSecretName(snake) || (mostly && !publicNames.has(snake))
  return [...(isSecret && text.trim() !== '' ? [text] : []), ...privateKeysIn(text)]
}

/** PEM blocks of private keys within a longer text. */
function privateKeysIn(text: string): string[] {
  return text.match(/-----BEGIN ([A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?)-----[^]*?-----END \1-----\n?/g) ?? []
}

/** As `secretLeaves`, of a text that is JSON; none where it is not. */
export function secretLeavesOfJson(text: string): string[] {
  if (!text.trimStart().startsWith('{')) return []
  try {
    return secretLeaves(JSON.parse(text) as unknown)
  } catch {
    return []
  }
}
