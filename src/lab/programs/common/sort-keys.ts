import { compareKeys } from '../../../manifest/compare-keys.ts'
import { isMap, type Value } from '../../../manifest/value.ts'

/** The value with the keys of every map in order, as Go prints its maps. */
export function sortKeys(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isMap(value)) return value
  const keys = Object.keys(value).sort(compareKeys)
  return Object.fromEntries(keys.map(key => [key, sortKeys(value[key] ?? null)]))
}
