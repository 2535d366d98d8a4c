import { isMap, listAt, type Value, type ValueMap } from '../../manifest/value.ts'
import { DirectorError } from './director-error.ts'

interface Types {
  String: string
  Integer: number
  Array: readonly Value[]
  Hash: ValueMap
  Boolean: boolean
}

type TypeName = keyof Types

/** A property that a manifest must have. The words are those of the Director (bosh v283, validation_helper.rb). */
export function property<T extends TypeName>(from: Value, key: string, type: T): Types[T] {
  const found = optionalProperty(from, key, type)
  if (found !== undefined) return found
  throw new DirectorError(40001, `Required property '${key}' was not specified in object (${inspect(from)})`)
}

/** As `property`, but undefined where it lacks. Null is a wrong type, as in the Director. */
export function optionalProperty<T extends TypeName>(
  from: Value,
  key: string,
  type: T
): Types[T] | undefined {
  if (!isMap(from)) {
    throw new DirectorError(40000, `Object (${inspect(from)}) did not match the required type 'Hash'`)
  }
  if (!Object.hasOwn(from, key)) return undefined
  const value = from[key] ?? null
  // A version that YAML reads as a number is taken as its text.
  const read = type === 'String' && typeof value === 'number' ? String(value) : value
  if (is(type, read)) return read
  throw new DirectorError(
    40000,
    `Property '${key}' value (${inspect(value)}) did not match the required type '${type}'`
  )
}

function is<T extends TypeName>(type: T, value: unknown): value is Types[T] {
  switch (type) {
    case 'String':
      return typeof value === 'string'
    case 'Integer':
      return Number.isInteger(value)
    case 'Array':
      return Array.isArray(value)
    case 'Hash':
      return isMap(value)
    case 'Boolean':
      return typeof value === 'boolean'
    default:
      return false
  }
}

/** The entries of a list that are words; a number counts as its text. */
export function wordsAt(from: Value | undefined, key: string): readonly string[] {
  return listAt(from, key).flatMap(entry =>
    typeof entry === 'string' || typeof entry === 'number' ? [String(entry)] : []
  )
}

/** A value as Ruby prints it, which is how it stands in the Director's messages. */
export function inspect(value: Value): string {
  if (value === null) return 'nil'
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`
  if (!isMap(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)} => ${inspect(item)}`)
  return `{${pairs.join(', ')}}`
}
