import { fieldOf, interpolate, type Resolve } from '../concourse/interpolate.ts'
import { isMap, textsIn } from '../concourse/json.ts'
import type { Json, JsonObject } from '../concourse/model.ts'
import { UserError } from '../core/errors.ts'
import type { Redactor } from '../core/redact.ts'

/** Gives the value of a var by its path and, where it has one, its source; undefined where there is none. */
export type VarLookup = (path: string, source?: string) => Json | undefined

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
    for (const text of textsIn(value)) this.#redactor.add(text)
  }
}
