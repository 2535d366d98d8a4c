/** What a YAML document of BOSH can hold. Keys are strings: a key that YAML reads as a number or a boolean loses its type. */
export type Value = null | boolean | number | string | Value[] | ValueMap
export interface ValueMap {
  [key: string]: Value
}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value under a key, or undefined where there is no map or no such key of its own. */
export function at(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let found = value
  for (const key of keys) {
    if (!isMap(found) || !Object.hasOwn(found, key)) return undefined
    found = found[key]
  }
  return found
}

/** The value under a key if it is a text; numbers and booleans are not. */
export function textAt(value: Value | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys)
  return typeof found === 'string' ? found : undefined
}

/** The text, number or boolean under a key, as text: a version may be written without quotes. */
export function wordAt(value: Value | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys)
  return found === null || typeof found === 'object' || found === undefined ? undefined : String(found)
}

/** The entries of the list under a key; empty where there is none. */
export function listAt(value: Value | undefined, ...keys: readonly string[]): readonly Value[] {
  const found = at(value, ...keys)
  return Array.isArray(found) ? found : []
}

/** The texts in the list under a key. */
export function textsAt(value: Value | undefined, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter(entry => typeof entry === 'string')
}

export function isEqual(left: Value, right: Value): boolean {
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isEqual(item, right[index] ?? null))
    )
  }
  if (!isMap(left) || !isMap(right)) return left === right
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every(key => Object.hasOwn(right, key) && isEqual(left[key] ?? null, right[key] ?? null))
  )
}
