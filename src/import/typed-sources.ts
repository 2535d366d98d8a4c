import { isList } from '../concourse/json.ts'
import type { Json, Resource } from '../concourse/model.ts'
import type { GitSource, PoolSource, RegistryImageSource, TimeSource } from '../concourse/resources.ts'
import { snakeCased } from '../concourse/snake-case.ts'
import { Duration } from '../core/duration.ts'
import { list, object, raw, type Code } from './code.ts'
import { textCode, timeCode } from './data-code.ts'

/** What an option of a constructor takes. */
type Kind = 'text' | 'var' | 'texts' | 'flag' | 'duration'

interface Row {
  readonly kind: Kind
  readonly isRequired: boolean
}

/** Every option of a constructor, and no other. */
type Rows<S> = { readonly [K in keyof S]-?: object extends Pick<S, K> ? Kind : readonly [Kind] }

const git: Rows<GitSource> = {
  uri: ['text'],
  branch: 'text',
  privateKey: 'var',
  username: 'text',
  password: 'var',
  paths: 'texts',
  ignorePaths: 'texts',
  tagFilter: 'text',
  tagRegex: 'text',
  fetchTags: 'flag',
  skipSslVerification: 'flag',
  commitVerificationKeys: 'texts',
  gitCryptKey: 'var'
}

const pool: Rows<PoolSource> = {
  uri: ['text'],
  branch: ['text'],
  pool: ['text'],
  privateKey: 'var',
  username: 'text',
  password: 'var',
  retryDelay: 'duration'
}

const registryImage: Rows<RegistryImageSource> = {
  repository: ['text'],
  tag: ['text'],
  username: 'text',
  password: 'var'
}

const time: Rows<TimeSource> = {
  interval: 'duration',
  start: 'text',
  stop: 'text',
  location: 'text',
  days: 'texts',
  initialVersion: 'flag'
}

/** By the name of the type. */
const constructors: ReadonlyMap<string, { readonly name: string; readonly rows: ReadonlyMap<string, Row> }> =
  new Map([
    ['git', { name: 'git', rows: rowsOf(git) }],
    ['pool', { name: 'pool', rows: rowsOf(pool) }],
    ['registry-image', { name: 'registryImage', rows: rowsOf(registryImage) }],
    ['time', { name: 'time', rows: rowsOf(time) }]
  ])

function rowsOf(rows: Readonly<Record<string, Kind | readonly [Kind]>>): ReadonlyMap<string, Row> {
  return new Map(
    Object.entries(rows).map(([option, row]) => [
      option,
      typeof row === 'string' ? { kind: row, isRequired: false } : { kind: row[0], isRequired: true }
    ])
  )
}

/** The constructor of a resource's type and its source as options of it; undefined where these do not say all. */
export function typedSource({
  type,
  source
}: Resource): { readonly constructor: string; readonly source: Code } | undefined {
  const known = constructors.get(type)
  if (known === undefined || source === undefined) return undefined
  const options: Record<string, Code> = {}
  const left = new Set(Object.keys(source))
  for (const [option, { kind, isRequired }] of known.rows) {
    const key = snakeCased(option)
    const value = source[key]
    if (value === undefined && !isRequired) continue
    const code = value === undefined ? undefined : optionCode(kind, value)
    if (code === undefined) return undefined
    options[option] = code
    left.delete(key)
  }
  return left.size > 0 ? undefined : { constructor: known.name, source: object(options) }
}

/** Undefined where the value is not of the kind. */
function optionCode(kind: Kind, value: Json): Code | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? textCode(value) : undefined
    case 'var':
      return typeof value === 'string' && isVar(value) ? textCode(value) : undefined
    case 'texts':
      return isList(value) && value.every(item => typeof item === 'string')
        ? list(value, item => textCode(item))
        : undefined
    case 'flag':
      return typeof value === 'boolean' ? raw(value) : undefined
    case 'duration':
      return typeof value === 'string' && isExact(value) ? timeCode(value) : undefined
    default:
      return kind satisfies never
  }
}

function isVar(value: string): boolean {
  return /^\(\([^()\n]*\)\)$/.test(value)
}

/** Whether the text is that of one of the units of `Duration`. */
function isExact(value: string): boolean {
  return /^\d+(?:h|m|s|ms)$/.test(value) && Duration.parse(value).toString() === value
}
