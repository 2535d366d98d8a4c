import { createHash } from 'node:crypto'
import { isRecord, parseJson } from '../tools/table.ts'

/** The one file of a state branch that is not encrypted. */
export const checkpointFile = 'checkpoint.json'

/** Version of the layout of a state branch; a reader refuses what is newer. */
export const format = 1

/** A file of the state as `checkpoint.json` knows it. */
export interface KeptFile {
  readonly kind: 'file' | 'link'
  readonly executable: boolean
  /** Bytes before encryption. */
  readonly size: number
  /** SHA-256 of the *encrypted* file: one of the content would confirm whoever guesses a secret. */
  readonly digest: string
}

/** What `checkpoint.json` says, but its seals. No word of it is secret. */
export interface CheckpointBody {
  readonly format: number
  readonly environment: string
  /** Whole; each checkpoint has the one of its forerunner plus 1. */
  readonly serial: number
  /** ISO 8601, UTC. */
  readonly time: string
  /** What had just been done, e.g. `pave lab: planned`. */
  readonly reason: string
  /** Commit of what was published, from where the task came; `none` where it came from a folder. */
  readonly revision: string
  /** Program → what it says of its version. */
  readonly tools: Readonly<Record<string, string>>
  /** Public keys that the files are encrypted for. */
  readonly recipients: readonly string[]
  /** Path → file; beside it lies `<path>.age`. */
  readonly files: Readonly<Record<string, KeptFile>>
}

export interface Checkpoint extends CheckpointBody {
  /** SHA-256 of all of the body. */
  readonly digest: string
  /** Recipient → HMAC of the digest by that recipient's identity: who can merely push can't make one. */
  readonly seals: Readonly<Record<string, string>>
}

export function digestOf(content: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** The digest of a body; the order of its keys does not matter. */
export function bodyDigest(body: CheckpointBody): string {
  return digestOf(JSON.stringify(ordered(body)))
}

/** `checkpoint.json`, one line a file, so that a diff names what changed. */
export function formatCheckpoint({ digest, seals, ...body }: Checkpoint): string {
  const { files, ...rest } = ordered(body)
  const lines = Object.entries(files).map(
    ([path, file]) => `    ${JSON.stringify(path)}: ${JSON.stringify(file)}`
  )
  const inner = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const tail = JSON.stringify({ digest, seals: sorted(seals) }, null, 2).slice(1)
  return `${head},\n  "files": ${inner},${tail}\n`
}

/** Reads `checkpoint.json`; undefined where the text is none, or leads out of its folder. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const data = parseJson(text)
  if (!isRecord(data)) return undefined
  const { format, environment, serial, time, reason, revision, tools, recipients, files, digest, seals } =
    data
  if (typeof format !== 'number' || typeof serial !== 'number' || !Number.isInteger(serial)) return undefined
  if (typeof environment !== 'string' || typeof time !== 'string' || typeof reason !== 'string')
    return undefined
  if (typeof revision !== 'string' || typeof digest !== 'string') return undefined
  if (!isTextMap(tools) || !isTextMap(seals) || !isTextList(recipients) || !isRecord(files)) return undefined
  const kept = Object.entries(files).map(([path, file]) => [path, keptFileOf(file)] as const)
  const known = kept.flatMap(([path, file]) => (file === undefined ? [] : [[path, file] as const]))
  if (known.length < kept.length || !areSafe(known)) return undefined
  const body = { format, environment, serial, time, reason, revision, tools, recipients }
  return { ...body, files: Object.fromEntries(known), digest, seals }
}

function keptFileOf(file: unknown): KeptFile | undefined {
  if (!isRecord(file)) return undefined
  const { kind, executable, size, digest } = file
  if (kind !== 'file' && kind !== 'link') return undefined
  if (typeof executable !== 'boolean' || typeof size !== 'number' || typeof digest !== 'string')
    return undefined
  return { kind, executable, size, digest }
}

/** Whether no path leads out of the folder, into git's own, or through a link. */
function areSafe(files: readonly (readonly [string, KeptFile])[]): boolean {
  const links = new Set(files.filter(([, { kind }]) => kind === 'link').map(([path]) => path))
  return files.every(([path]) => {
    const words = path.split('/')
    const isInside = words.every(word => !['', '.', '..', '.git'].includes(word))
    return isInside && !words.some((_, count) => count > 0 && links.has(words.slice(0, count).join('/')))
  })
}

function ordered(body: CheckpointBody): CheckpointBody {
  const { format, environment, serial, time, reason, revision, tools, recipients, files } = body
  const plain = Object.entries(sorted(files)).map(([path, { kind, executable, size, digest }]) => {
    return [path, { kind, executable, size, digest }] as const
  })
  return {
    ...{ format, environment, serial, time, reason, revision },
    tools: sorted(tools),
    recipients: [...recipients].sort(),
    files: Object.fromEntries(plain)
  }
}

function sorted<V>(map: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(item => typeof item === 'string')
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}
