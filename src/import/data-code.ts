import { isList, isMap } from '../concourse/json.ts'
import type { Json, JsonObject } from '../concourse/model.ts'
import { call, list, name, object, raw, text, type Code, type Entry } from './code.ts'
import { Duration } from '../core/duration.ts'
import { fitsLines } from './literal.ts'
import { fixedText, type Scope } from './scope.ts'

/** A text where a var may stand for it; one of several lines may get the name `hint`. */
export function textCode(value: string, hint = 'text'): Code {
  const path = /^\(\(([^()\n]*)\)\)$/.exec(value)?.[1]
  if (path !== undefined)
    return path.startsWith('.:') ? localVariableCode(path) : call('variable', text(path))
  return fitsLines(value) ? { ...text(value), part: { sort: 'script', hint } } : text(value)
}

/** A text where only a local var may stand for it. */
export function localTextCode(value: string): Code {
  const path = /^\(\((\.:[^()\n]*)\)\)$/.exec(value)?.[1]
  return path === undefined ? text(value) : localVariableCode(path)
}

function localVariableCode(path: string): Code {
  return call('localVariable', text(path.slice('.:'.length)))
}

/** Free-form data. */
export function dataCode(value: Json, scope: Scope, hint: string): Code {
  if (typeof value === 'string') return textCode(value, hint)
  if (isList(value)) return list(value, item => dataCode(item, scope, hint))
  if (isMap(value)) return mapCode(value, scope, hint)
  return raw(value)
}

/** A map of free-form data; what the YAML merges into it comes first. */
export function mapCode(value: JsonObject, scope: Scope, hint: string): Code {
  const own = new Map(Object.entries(value))
  const entries: Entry[] = []
  for (const { nameOf, entries: merged } of scope.merged) {
    const same = [...merged].filter(([key, item]) => own.has(key) && JSON.stringify(own.get(key)) === item)
    // What is not the same here has to be said below, and not by what was merged before.
    const isHere = [...merged].every(([key, item]) => own.has(key) || JSON.stringify(value[key]) === item)
    if (!isHere || same.length < 2) continue
    entries.push({ value: name(nameOf()) })
    for (const [key] of same) own.delete(key)
  }
  const [first] = entries
  if (first !== undefined && entries.length === 1 && own.size === 0) return first.value
  for (const [key, item] of own) entries.push({ key, value: dataCode(item, scope, key) })
  return { kind: 'object', entries, part: { sort: 'data', hint } }
}

/** Data in which no var is resolved. */
export function plainCode(value: Json): Code {
  if (typeof value === 'string') return text(value)
  if (isList(value)) return list(value, plainCode)
  if (!isMap(value)) return raw(value)
  return object(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainCode(item)])))
}

export function textsCode(values: readonly string[]): Code {
  return list(values, text)
}

export function optionalTexts(values: readonly string[] | undefined): Code | undefined {
  return values === undefined ? undefined : textsCode(values)
}

const constructors = { h: 'hours', m: 'minutes', s: 'seconds', ms: 'milliseconds' } as const

/** Compound times that the compiler knows for such. */
const typed = /^(?:(\d+h)?(\d+m)?(\d+s)?|\d+ms|\(\(.*\)\))$/s

/** A length of time that comes out as it was written. */
export function timeCode(value: string): Code {
  const [, amount = '', unit = ''] = /^(\d+)(h|m|s|ms)$/.exec(value) ?? []
  if (isUnit(unit) && Duration.parse(value).toString() === value) {
    return call(`Duration.${constructors[unit]}`, raw(Number(amount)))
  }
  const isTyped = value !== '' && typed.test(value) && !/(?<!\d)0\d/.test(value)
  return isTyped ? fixedText(value) : call('verbatim', text(value))
}

function isUnit(unit: string): unit is keyof typeof constructors {
  return unit in constructors
}
