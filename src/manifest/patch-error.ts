import { printPointer, type Pointer } from './pointer.ts'
import { isMap, type Value, type ValueMap } from './value.ts'

/** A path that does not fit the document. The wording is go-patch's, because people search for it. */
export class PatchError extends Error {
  /** The part of the path up to which the document did fit, as printed. */
  readonly path: string
  /** Whether what the path names is just absent, which a `test` operation may ask for. */
  readonly absent: boolean

  constructor(message: string, path: Pointer, absent = false) {
    super(message)
    this.name = 'PatchError'
    this.path = printPointer(path)
    this.absent = absent
  }
}

export function missingKey(key: string, path: Pointer, map: ValueMap): PatchError {
  const keys = Object.keys(map).sort()
  const siblings = keys.length === 0 ? 'found no other map keys' : `found map keys: '${keys.join(`', '`)}'`
  const message = `Expected to find a map key '${key}' for path '${printPointer(path)}' (${siblings})`
  return new PatchError(message, path, true)
}

export function missingIndex(index: number, length: number, path: Pointer): PatchError {
  const message = `Expected to find array index '${index}' but found array of length '${length}' for path '${printPointer(path)}'`
  return new PatchError(message, path, true)
}

export function wrongMatches(count: number, path: Pointer): PatchError {
  const message = `Expected to find exactly one matching array item for path '${printPointer(path)}' but found ${count}`
  return new PatchError(message, path)
}

export function asMap(value: Value, path: Pointer): ValueMap {
  if (isMap(value)) return value
  throw mismatch('a map', value, path)
}

export function asList(value: Value, path: Pointer): Value[] {
  if (Array.isArray(value)) return value
  throw mismatch('an array', value, path)
}

function mismatch(expected: string, value: Value, path: Pointer): PatchError {
  const message = `Expected to find ${expected} at path '${printPointer(path)}' but found '${goTypeOf(value)}'`
  return new PatchError(message, path)
}

/** The type as Go prints it, so that a message reads as the real program's. */
export function goTypeOf(value: Value): string {
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'object') return 'map[interface {}]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}
