import { UserError } from '../core/errors.ts'
import { find } from './find.ts'
import { goTypeOf, PatchError } from './patch-error.ts'
import { parsePointer, type Pointer } from './pointer.ts'
import { isMap, textAt, type Value, type ValueMap } from './value.ts'

/** Values by name. A name may hold dots: `a.b` is the key `b` of variable `a`. */
export type Variables = Readonly<Record<string, Value>>

export interface Interpolated {
  readonly document: Value
  /** Names that no value was given for, in order. */
  readonly missing: readonly string[]
  /** Names of values that the document never asked for, in order. */
  readonly unused: readonly string[]
}

/** A value that does not fit the place where its variable stands, or that lacks the key asked for. */
export class VariableError extends UserError {
  readonly variable: string
  readonly reason: string

  constructor(variable: string, reason: string) {
    super('findings', `variable ${variable}: ${reason}`, { hint: `give another value for ${variable}` })
    this.name = 'VariableError'
    this.variable = variable
    this.reason = reason
  }
}

const reference = /\(\( ?(!?[-/.\p{L}\p{N}_]+) ?\)\)/gu
const wholeReference = new RegExp(`^${reference.source}$`, 'u')

/**
 * Puts values in the place of `((name))`, `((name.key))` and `((!name))`, as `bosh interpolate` does
 * (bosh-cli v7, director/template/template.go). A text that is nothing but one reference takes the value with its
 * type; inside a longer text only numbers and texts are allowed. Entries of `variables:` that were given a value are
 * dropped. What is not given stays as it stands. The document given is not changed.
 */
export function interpolate(document: Value, variables: Variables): Interpolated {
  const tracker = new Tracker(nest(variables))
  const replaced = replaceIn(document, name => tracker.lookUp(name))
  const result = tracker.withoutFoundDefinitions(replaced)
  return { document: result, missing: tracker.missing(), unused: tracker.unused() }
}

/** Names that the document refers to, without the keys after their dots, in order. */
export function referencesIn(document: Value): readonly string[] {
  const names = new Set<string>()
  replaceIn(document, name => {
    names.add(name.split('.', 1)[0] ?? name)
    return undefined
  })
  return [...names].sort()
}

function replaceIn(node: Value, lookUp: (name: string) => Value | undefined): Value {
  if (Array.isArray(node)) return node.map(item => replaceIn(item, lookUp))
  if (isMap(node)) {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        printed(replaceInText(key, lookUp)),
        replaceIn(value, lookUp)
      ])
    )
  }
  return typeof node === 'string' ? replaceInText(node, lookUp) : node
}

function replaceInText(text: string, lookUp: (name: string) => Value | undefined): Value {
  if (!text.includes('((')) return text
  let result = text
  for (const match of text.matchAll(reference)) {
    const name = (match[1] ?? '').replace(/^!/, '')
    const value = lookUp(name)
    if (value === undefined) continue
    if (wholeReference.test(text)) return value
    if (typeof value !== 'string' && !(typeof value === 'number' && Number.isInteger(value))) {
      throw new VariableError(
        name,
        `Invalid type '${goTypeOf(value)}' for value '${printed(value)}' and variable '${name}'. Supported types for interpolation within a string are integers and strings.`
      )
    }
    result = result
      .replaceAll(`((${name}))`, () => String(value))
      .replaceAll(`((!${name}))`, () => String(value))
  }
  return result
}

/** Remembers what was asked for, and what of that was there. */
class Tracker {
  readonly #values: ValueMap
  readonly #missing = new Set<string>()
  readonly #asked = new Set<string>()

  constructor(values: ValueMap) {
    this.#values = values
  }

  lookUp(name: string): Value | undefined {
    const [first = '', ...rest] = name.split('.')
    const value = this.#valueOf(first)
    if (value === undefined || rest.length === 0) return value
    const pointer = parsePointer(`/${rest.join('/')}`)
    try {
      return find(value, pointer)
    } catch (thrown) {
      if (!(thrown instanceof PatchError)) throw thrown
      return findByKeys(value, pointer, name)
    }
  }

  withoutFoundDefinitions(document: Value): Value {
    if (!isMap(document) || !Array.isArray(document['variables'])) return document
    const rest = document['variables'].filter(entry => {
      const name = textAt(entry, 'name')
      return name === undefined || this.#valueOf(name) === undefined
    })
    return { ...document, variables: rest }
  }

  missing(): readonly string[] {
    return [...this.#missing].sort()
  }

  unused(): readonly string[] {
    return Object.keys(this.#values)
      .filter(name => !this.#asked.has(name))
      .sort()
  }

  #valueOf(name: string): Value | undefined {
    this.#asked.add(name)
    if (Object.hasOwn(this.#values, name)) return this.#values[name] ?? null
    this.#missing.add(name)
    return undefined
  }
}

/** A number in the name may mean a key instead of an index: `((list.1))` on a map with the key `1`. */
function findByKeys(value: Value, pointer: Pointer, name: string): Value {
  const keys = pointer.map(token =>
    token.kind === 'index' ? { kind: 'key' as const, key: String(token.index), optional: false } : token
  )
  try {
    return find(value, keys)
  } catch (thrown) {
    if (thrown instanceof PatchError) {
      throw new VariableError(name, thrown.message)
    }
    throw thrown
  }
}

function nest(variables: Variables): ValueMap {
  const result: ValueMap = {}
  for (const [name, value] of Object.entries(variables)) {
    const parts = name.split('.')
    const last = parts.pop() ?? name
    let map = result
    for (const part of parts) {
      const inner = map[part]
      const next: ValueMap = isMap(inner) ? inner : {}
      map[part] = next
      map = next
    }
    map[last] = value
  }
  return result
}

/** A value as Go prints it inside a message. */
function printed(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(' ')}]`
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}:${printed(inner)}`)
    return `map[${entries.join(' ')}]`
  }
  return value === null ? '<nil>' : String(value)
}
