import { given } from '../core/given.ts'
import type { JsonSchema } from './form.ts'
import { describe, reportWrongType, type Problems, type Shape } from './shape.ts'
import type { Scalar } from './yaml-scalar.ts'

type Check<T> = (value: T, path: string, problems: Problems, at?: number) => void

/** A value that stands alone; `accept` gives undefined for what it is not. */
function scalar<T extends Scalar>(
  expected: string,
  type: string,
  schema: JsonSchema,
  accept: (value: Scalar) => T | undefined,
  check?: Check<T>
): Shape<T> {
  return {
    expected,
    form: { kind: 'scalar', type, schema, words: expected },
    read: (node, path, reading) => {
      const value = node.kind === 'scalar' ? accept(node.value) : undefined
      if (value === undefined) reportWrongType(node, expected, path, reading)
      else check?.(value, path, reading, node.at)
      return value
    },
    write: (value, path, problems) => {
      check?.(value, path, problems)
      return value
    }
  }
}

/** Text, and nothing that YAML reads as something else: so Concourse reads it inside of steps and tasks. */
export const text = scalar('text', 'string', { type: 'string' }, textOf, checkText)

function textOf(value: Scalar): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export const flag = scalar('true or false', 'boolean', { type: 'boolean' }, value =>
  typeof value === 'boolean' ? value : undefined
)

export const wholeNumber = scalar('a whole number', 'number', { type: 'integer' }, wholeOf, checkNumber)

function wholeOf(value: Scalar): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/** Bytes, or a whole number with a binary unit (concourse v8.3, atc/container_limits.go). */
export const memory = scalar<number | string>(
  'a number of bytes, or e.g. 512MB or 2GB',
  'number | string',
  { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[0-9]+([KMGkmg][Ii]?[Bb]?)?$' }] },
  value => (typeof value === 'string' && /^[0-9]+(?:[KMG]i?B?)?$/i.test(value) ? value : wholeOf(value))
)

/** A var as the whole of a value, e.g. `((.:versions))`. */
export const wholeVar = scalar(
  'a ((var))',
  'string',
  { type: 'string', pattern: '^\\(\\(.+\\)\\)$' },
  value => (typeof value === 'string' && /^\(\([^)]+\)\)$/.test(value) ? value : undefined)
)

/** How many iterations may run at a time. */
export const someOrAll = scalar<number | 'all'>(
  'a whole number or all',
  "number | 'all'",
  { anyOf: [{ type: 'integer' }, { const: 'all' }] },
  value => (value === 'all' ? value : wholeOf(value))
)

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[]): Shape<W> {
  const type = words.map(word => `'${word}'`).join(' | ')
  return scalar(words.join(' or '), type, { type: 'string', enum: words }, value =>
    words.find(word => word === value)
  )
}

/** Text as Concourse reads it outside of steps, where it turns numbers and booleans into text. */
export const looseText: Shape<string> = {
  ...text,
  read: (node, path, reading) => {
    if (node.kind !== 'scalar' || (typeof node.value !== 'number' && typeof node.value !== 'boolean')) {
      return text.read(node, path, reading)
    }
    const value = String(node.value)
    reading.report({
      code: 'not-text',
      severity: 'warning',
      path,
      message: `found ${describe(node)}, expected text: Concourse makes it "${value}"`,
      hint: 'quote it',
      at: node.at
    })
    return value
  }
}

/** A value that stands alone, or something of another shape. */
export function scalarOr<S extends Scalar, T extends object>(alone: Shape<S>, other: Shape<T>): Shape<S | T> {
  return {
    expected: `${alone.expected}, or ${other.expected}`,
    form: { kind: 'either', forms: [alone.form, other.form] },
    read: (node, path, reading) => (node.kind === 'scalar' ? alone : other).read(node, path, reading),
    write: (value, path, problems) =>
      typeof value === 'object' && value !== null
        ? other.write(value, path, problems)
        : alone.write(value, path, problems)
  }
}

/**
 * What does not survive the way through Concourse, which turns a pipeline into JSON and reads that as YAML again
 * (concourse v8.3, atc/config.go, UnmarshalConfig): control characters, and halves of a surrogate pair.
 */
const unkept = /[\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/u

/** Nearly all texts that there are, told at a fraction of the cost. */
const ordinary = /^[\t\n\r\x20-\x7e]*$/

export function checkText(value: string, path: string, problems: Problems, at?: number): void {
  if (ordinary.test(value)) return
  const character = unkept.exec(value)?.[0]
  if (character === undefined) return
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  const message = `found the character U+${code}, expected none that Concourse does not keep`
  problems.report({
    code: 'unkept-text',
    path,
    message,
    hint: 'encode it, e.g. as base64',
    ...given('at', at)
  })
}

/** Keys of free-form data. On the same way, a quoted merge key becomes a merge, and a long key an error. */
export function checkKey(key: string, path: string, problems: Problems, at?: number): void {
  checkText(key, path, problems, at)
  // Escaped, a character takes six at most.
  const isLong = key.length > 160 && JSON.stringify(key).length > 1000
  if (key !== '<<' && !isLong) return
  const message = isLong
    ? 'found a key of more than 1000 characters'
    : 'found the key "<<", a merge to Concourse'
  const hint = 'give it another name'
  problems.report({
    code: 'unkept-key',
    path,
    message: `${message}; expected one that it keeps`,
    hint,
    ...given('at', at)
  })
}

/** Whether Concourse keeps a number as it is. */
export function isKept(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
}

/** Concourse keeps numbers as doubles, and JSON has no word for those that are no number. */
export function checkNumber(value: number, path: string, problems: Problems, at?: number): void {
  if (isKept(value)) return
  problems.report({
    code: 'number-range',
    path,
    message: `found ${value}, expected a number between -2^53 and 2^53, which Concourse keeps as it is`,
    hint: 'write it as text, in quotes',
    ...given('at', at)
  })
}
