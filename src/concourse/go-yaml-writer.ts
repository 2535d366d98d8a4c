import { naturalOrder } from './go-natural-order.ts'
import { goScalar, isSimpleKey } from './go-yaml-scalar.ts'
import { isList, isMap } from './json.ts'
import type { Json, JsonObject } from './model.ts'

type Collection = readonly Json[] | JsonObject

/**
 * Writes plain data as go-yaml 2 does, byte for byte: keys in natural order, lists flush with their key, long lines
 * folded (https://github.com/yaml/go-yaml/tree/v2.4.4, encode.go and emitterc.go). For what people read see
 * `writeYaml`.
 */
export function writeGoYaml(value: Collection): string {
  if (isEmpty(value)) return isList(value) ? '[]\n' : '{}\n'
  return isList(value) ? list(value, 0, '') : map(value, 0, '')
}

/** `lead` stands before the first key: the indentation, or what is in the line already. */
function map(value: JsonObject, indent: number, lead: string): string {
  let text = ''
  for (const key of Object.keys(value).sort().sort(naturalOrder)) {
    const child = value[key] ?? null
    const before = text === '' ? lead : ' '.repeat(indent)
    if (isSimpleKey(key)) {
      const written = goScalar(key, { indent: indent + 2, column: undefined })
      text += `${before}${written}:${below(child, indent, indent + Array.from(written).length + 2)}`
    } else {
      text += `${before}? ${ended(leaf(key, indent, indent + 2))}${' '.repeat(indent)}:${beside(child, indent)}`
    }
  }
  return text
}

function list(value: readonly Json[], indent: number, lead: string): string {
  return value
    .map((item, index) => `${index === 0 ? lead : ' '.repeat(indent)}-${beside(item, indent)}`)
    .join('')
}

/** A value after its key, where a collection begins on the next line. */
function below(value: Json, indent: number, column: number): string {
  if (!isFilled(value)) return ` ${ended(leaf(value, indent, column))}`
  return isList(value)
    ? `\n${list(value, indent, ' '.repeat(indent))}`
    : `\n${map(value, indent + 2, ' '.repeat(indent + 2))}`
}

/** A value after a dash or a colon of its own, where a collection begins in the same line. */
function beside(value: Json, indent: number): string {
  if (!isFilled(value)) return ` ${ended(leaf(value, indent, indent + 2))}`
  return isList(value) ? list(value, indent + 2, ' ') : map(value, indent + 2, ' ')
}

/** A literal may bring the end of its last line. */
function ended(text: string): string {
  return /[\n\u2028\u2029]$/.test(text) ? text : `${text}\n`
}

/** What stands alone, from this column on; `indent` is that of the collection in which it does. */
function leaf(value: Json, indent: number, column: number): string {
  if (typeof value === 'string') return goScalar(value, { indent: indent + 2, column })
  if (typeof value === 'number') return number(value)
  if (isList(value)) return '[]'
  return isMap(value) ? '{}' : String(value)
}

/** Whole numbers come out of JSON as such, up to where JSON gives them an exponent. */
function number(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : goFloat(value)
}

/** The fewest digits that make the number: with an exponent, of two digits at least, below 1e-4 and from 1e6 on. */
function goFloat(value: number): string {
  const [mantissa, exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${mantissa ?? ''}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function isFilled(value: Json): value is Collection {
  return (isList(value) || isMap(value)) && !isEmpty(value)
}

function isEmpty(value: Collection): boolean {
  return isList(value) ? value.length === 0 : Object.keys(value).length === 0
}
