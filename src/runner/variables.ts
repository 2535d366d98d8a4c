import type { Json, JsonObject } from '../concourse/model.ts'
import { UserError } from '../core/errors.ts'
import type { Redactor } from '../core/redact.ts'
import { isList, isMap, textsIn } from './json.ts'

/** What stands between the parentheses of a `((var))`, taken apart. */
export interface VariableReference {
  readonly name: string
  /** A var source, or `.` for the values that the steps of a build make. */
  readonly source?: string
  readonly path: string
  readonly fields: readonly string[]
}

/** Gives the value of a var by its path and, where it has one, its source; undefined where there is none. */
export type VarLookup = (path: string, source?: string) => Json | undefined

/** concourse v8.3, vars/template.go */
const pattern = /\(\(((?:[-/.\w\p{L}]+:)?[-/.:@"\w\p{L}]+)\)\)/gu

/** The names of the vars that a text names, each once. */
export function namesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))]
}

/** The names of the vars anywhere in a value, keys included, each once. */
export function namesWithin(value: unknown): readonly string[] {
  if (typeof value === 'string') return namesIn(value)
  if (typeof value !== 'object' || value === null) return []
  const entries: [string, unknown][] = Object.entries(value)
  return [...new Set(entries.flatMap(([key, item]) => [...namesIn(key), ...namesWithin(item)]))]
}

/** Takes `source:path.field."dotted.field"` apart; quotes keep dots and colons (concourse v8.3, vars/variables.go). */
export function parseReference(name: string): VariableReference {
  const [, source, rest = name] = /^([^":]*):(.*)$/su.exec(name) ?? []
  const segments = rest.match(/(?:"[^"]*"|[^."])+/gu) ?? []
  const [path = '', ...fields] = segments.map(segment => segment.replaceAll('"', '').trim())
  return { name, ...(source === undefined ? {} : { source }), path, fields }
}

export type Resolve = (reference: VariableReference) => Json | undefined

/**
 * Puts values in the place of vars. A text that is nothing but one var becomes its value, whatever its type; within a text
 * only texts and whole numbers can stand. Vars without a value stay as they are and are added to `missing`.
 */
export function interpolate(value: Json, resolve: Resolve, missing?: Set<string>): Json {
  if (typeof value === 'string') return interpolateText(value, resolve, missing)
  if (isList(value)) return value.map(item => interpolate(item, resolve, missing))
  if (!isMap(value)) return value
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [
    plainText(interpolateText(key, resolve, missing)),
    interpolate(item, resolve, missing)
  ])
  return Object.fromEntries(entries)
}

function interpolateText(text: string, resolve: Resolve, missing?: Set<string>): Json {
  let result = text
  for (const name of namesIn(text)) {
    const value = resolve(parseReference(name))
    if (value === undefined) {
      missing?.add(name)
      continue
    }
    if (text === `((${name}))`) return value
    if (typeof value !== 'string' && !Number.isInteger(value)) {
      throw new UserError('findings', `((${name})): found ${kindOf(value)} within a text, expected a text`, {
        hint: `let ((${name})) stand alone, or give it a text`
      })
    }
    result = result.replaceAll(`((${name}))`, () => plainText(value))
  }
  return result
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function kindOf(value: Json): string {
  if (value === null) return 'nothing'
  if (isList(value)) return 'a list'
  return isMap(value) ? 'a map' : `a ${typeof value}`
}

/** The vars of one run: those that are given, whose values are secrets, and those that its steps make. */
export class Variables {
  readonly #given: VarLookup
  readonly #redactor: Redactor
  readonly #local = new Map<string, Json>()

  constructor(given: VarLookup, redactor: Redactor) {
    this.#given = given
    this.#redactor = redactor
  }

  /** Makes `((.:name.field))` known: what a get has found out. No secret. */
  setLocal(name: string, value: Json): void {
    this.#local.set(name, value)
  }

  readonly resolve: Resolve = ({ source, path, fields }) => {
    if (source === '.') return fieldOf(this.#local.get(path), fields)
    const value = fieldOf(this.#given(path, source), fields)
    if (value !== undefined) this.#hide(value)
    return value
  }

  /** A value with every var replaced. Throws a UserError that names all that have no value. */
  fill(value: Json, where: string): Json {
    const missing = new Set<string>()
    const filled = interpolate(value, this.resolve, missing)
    if (missing.size === 0) return filled
    const names = [...missing].map(name => `((${name}))`).join(', ')
    throw new UserError('findings', `${where}: found no value for ${names}`, {
      hint: `give a value for ${names}`
    })
  }

  /** As `fill`, for params and the like. */
  fillMap(values: JsonObject, where: string): JsonObject {
    const filled = this.fill(values, where)
    return isMap(filled) ? filled : {}
  }

  #hide(value: Json): void {
    // A program that prints its settings as JSON shows a secret in the second form.
    for (const text of textsIn(value)) this.#redactor.add(text, JSON.stringify(text).slice(1, -1))
  }
}

/** What lies at a path of keys in a value. */
export function fieldOf(value: Json | undefined, fields: readonly string[]): Json | undefined {
  let found = value
  for (const field of fields) found = isMap(found) && Object.hasOwn(found, field) ? found[field] : undefined
  return found
}
