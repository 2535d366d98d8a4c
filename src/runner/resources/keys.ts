import type { Json, JsonObject } from '../../concourse/model.ts'
import { nearestName } from '../../core/nearest.ts'
import { isList, isMap } from '../../concourse/json.ts'
import type { Fault } from './resource-type.ts'

type Kind = 'text' | 'flag' | 'number' | 'texts' | 'any'

/**
 * What is done with a key. `needless` asks for something that has no meaning for one run on this machine; `refused` for
 * something that a run without it would get wrong.
 */
export type KeyUse =
  | { readonly use: 'used'; readonly kind: Kind; readonly required?: true }
  | { readonly use: 'needless' }
  | { readonly use: 'refused'; readonly why: string }

export type KeyTable = Readonly<Record<string, KeyUse>>

export const text: KeyUse = { use: 'used', kind: 'text' }
export const requiredText: KeyUse = { use: 'used', kind: 'text', required: true }
export const flag: KeyUse = { use: 'used', kind: 'flag' }
export const number: KeyUse = { use: 'used', kind: 'number' }
export const texts: KeyUse = { use: 'used', kind: 'texts' }
export const anything: KeyUse = { use: 'used', kind: 'any' }
export const needless: KeyUse = { use: 'needless' }

export function refused(why: string): KeyUse {
  return { use: 'refused', why }
}

/** Everything that is wrong with the keys of a source or of params; `place` is `source` or `params`. */
export function faultsOfKeys(place: string, values: JsonObject, table: KeyTable): readonly Fault[] {
  const faults = Object.entries(values).flatMap(([key, value]) => faultsOfKey(place, key, value, table))
  const missing = Object.entries(table).filter(
    ([key, use]) => use.use === 'used' && use.required === true && isMissing(values[key])
  )
  return [
    ...faults,
    ...missing.map(([key]) => ({
      key: `${place}.${key}`,
      code: 'missing-key',
      message: 'found nothing, expected a text'
    }))
  ]
}

function isMissing(value: Json | undefined): boolean {
  return value === undefined || value === ''
}

function faultsOfKey(place: string, key: string, value: Json, table: KeyTable): readonly Fault[] {
  const use = Object.hasOwn(table, key) ? table[key] : undefined
  if (use === undefined) return [unknownKey(place, key, table)]
  if (use.use === 'refused') {
    return [{ key: `${place}.${key}`, code: 'not-here', message: `is not done on this machine: ${use.why}` }]
  }
  if (use.use === 'needless' || fits(value, use.kind)) return []
  const message = `found ${JSON.stringify(value)}, expected ${wanted[use.kind]}`
  return [{ key: `${place}.${key}`, code: 'wrong-value', message }]
}

function unknownKey(place: string, key: string, table: KeyTable): Fault {
  const near = nearestName(key, Object.keys(table))
  return {
    key: `${place}.${key}`,
    code: 'unknown-key',
    message: `is unknown, expected one of ${Object.keys(table).join(', ')}`,
    ...(near === undefined ? {} : { hint: `write ${near}` })
  }
}

const wanted: Readonly<Record<Kind, string>> = {
  text: 'a text',
  flag: 'true or false',
  number: 'a number',
  texts: 'a list of texts',
  any: 'anything'
}

function fits(value: Json, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      // YAML reads `branch: 1.2` as a number; the resources take its text.
      return typeof value === 'string' || typeof value === 'number'
    case 'flag':
      return typeof value === 'boolean' || isVar(value)
    case 'number':
      return typeof value === 'number' || isVar(value)
    case 'texts':
      return isVar(value) || (isList(value) && value.every(item => typeof item === 'string'))
    case 'any':
      return true
  }
}

/** A var in params may have a value of any type, which is only known when the step runs. */
function isVar(value: Json): boolean {
  return typeof value === 'string' && /^\(\(.+\)\)$/.test(value)
}

/** A text of a source or of params, where it has one. */
export function textOf(values: JsonObject, key: string): string | undefined {
  const value = values[key]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function flagOf(values: JsonObject, key: string): boolean {
  return values[key] === true
}

export function numberOf(values: JsonObject, key: string): number | undefined {
  const value = values[key]
  return typeof value === 'number' ? value : undefined
}

export function textsOf(values: JsonObject, key: string): readonly string[] {
  const value = values[key]
  return isList(value) ? value.filter(item => typeof item === 'string') : []
}

/** `git_config`: pairs of `name` and `value`. */
export function pairsOf(values: JsonObject, key: string): readonly (readonly [string, string])[] {
  const value = values[key]
  if (!isList(value)) return []
  return value.flatMap(pair => {
    if (!isMap(pair)) return []
    const name = textOf(pair, 'name')
    const setting = pair['value'] ?? ''
    const settingText = typeof setting === 'string' ? setting : JSON.stringify(setting)
    return name === undefined ? [] : [[name, settingText] as const]
  })
}
