import { UserError } from '../core/errors.ts'
import { isList, isMap } from './json.ts'
import type { Json } from './model.ts'
import { namesIn, parseReference, type VariableReference } from './references.ts'

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

/** What lies at a path of keys in a value. */
export function fieldOf(value: Json | undefined, fields: readonly string[]): Json | undefined {
  let found = value
  for (const field of fields) found = isMap(found) && Object.hasOwn(found, field) ? found[field] : undefined
  return found
}
