import { mapValues } from '../core/map-values.ts'
import type { Json, JsonObject } from './model.ts'
import { isVariable, type Variable } from './variable.ts'

/** Free-form data in which vars may stand, as in `source` and `params`. */
export type Data = null | boolean | number | string | Variable | readonly Data[] | DataMap
export interface DataMap {
  readonly [key: string]: Data
}

/** The same data with each var as its text. */
export function jsonOf(data: DataMap): JsonObject
export function jsonOf(data: Data): Json
export function jsonOf(data: Data): Json {
  if (isVariable(data)) return data.toString()
  if (typeof data !== 'object' || data === null) return data
  if (isList(data)) return data.map(item => jsonOf(item))
  return mapValues(data, item => jsonOf(item))
}

function isList(data: Data): data is readonly Data[] {
  return Array.isArray(data)
}
