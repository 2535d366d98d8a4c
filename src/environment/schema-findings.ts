import type { ErrorObject } from 'ajv'
import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'
import { secretIn } from '../core/secrets.ts'
import { formatPath, type Path, type YamlSource } from './yaml-source.ts'

/** What ajv found, said in the words of the file: where, what was found, what was expected. */
export function schemaFindings(errors: readonly ErrorObject[], source: YamlSource): Finding[] {
  // A wrong key of a map is told twice; the telling that names the key is kept.
  return errors.filter(({ keyword }) => keyword !== 'propertyNames').map(error => findingOf(error, source))
}

function findingOf(error: ErrorObject, source: YamlSource): Finding {
  const at = pathOf(error.instancePath, source.value)
  if (error.propertyName !== undefined) return wrongKey(error, [...at, error.propertyName], source)
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, [...at, String(error.params['additionalProperty'])], source)
    case 'required':
      return missingKey(error, [...at, String(error.params['missingProperty'])], source)
    default:
      return wrongValue(error, at, source)
  }
}

function unknownKey(error: ErrorObject, path: Path, source: YamlSource): Finding {
  const known = Object.keys(asSchema(asSchema(error.parentSchema)['properties']))
  const meant = nearestName(String(path.at(-1)), known)
  return {
    ...base('unknown-key', path, source),
    message: `found an unknown key, expected one of ${known.join(', ')}`,
    hint: meant === undefined ? 'remove the key' : `write ${meant}`,
    ...source.placeOfKey(path)
  }
}

function missingKey(error: ErrorObject, path: Path, source: YamlSource): Finding {
  const key = String(path.at(-1))
  const schema = asSchema(asSchema(asSchema(error.parentSchema)['properties'])[key])
  const inner = schema['required']
  const example = exampleOf(schema)
  const how = example === undefined ? '' : `, e.g. ${key}: ${example}`
  return {
    ...base('missing-key', path, source),
    message: `found nothing, expected ${expectation(schema)}`,
    hint: `add ${key}${Array.isArray(inner) ? ` with ${inner.join(' and ')}` : how}`,
    ...source.placeOf(path)
  }
}

function wrongKey(error: ErrorObject, path: Path, source: YamlSource): Finding {
  return {
    ...base('wrong-key', path, source),
    message: `found the key ${shown(error.propertyName)}, expected one that matches ${String(error.params['pattern'])}`,
    ...source.placeOfKey(path)
  }
}

function wrongValue(error: ErrorObject, path: Path, source: YamlSource): Finding {
  const schema = asSchema(error.parentSchema)
  const written = source.plainTextAt(path)
  const wantsText = error.keyword === 'type' && schema['type'] === 'string'
  if (wantsText && written !== undefined && written !== '' && typeof error.data !== 'string') {
    return {
      ...base('unquoted-text', path, source),
      message: `found ${written} without quotes, which YAML reads as ${kindOf(error.data)}, expected text`,
      hint: `write "${written}"`,
      ...source.placeOf(path)
    }
  }
  const hint = hintFor(error, schema)
  return {
    ...base(error.keyword === 'type' ? 'wrong-type' : 'wrong-value', path, source),
    message: `found ${shown(error.data)}, expected ${expectation(schema)}`,
    ...(hint === undefined ? {} : { hint }),
    ...source.placeOf(path)
  }
}

function hintFor(error: ErrorObject, schema: Schema): string | undefined {
  const choices = schema['enum']
  if (Array.isArray(choices) && typeof error.data === 'string') {
    const meant = nearestName(error.data, choices.map(String))
    return meant === undefined ? undefined : `write ${meant}`
  }
  return undefined
}

type Schema = Readonly<Record<string, unknown>>

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {}
}

function base(
  code: string,
  path: Path,
  { file }: YamlSource
): Pick<Finding, 'code' | 'severity' | 'path' | 'file'> {
  return { code, severity: 'error', path: formatPath(path), file }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values'
}

/** What a schema asks for: `one of aws, gcp`, `text like play-fern`, `a whole number from 8 to 30`. */
function expectation(schema: Schema): string {
  if (Array.isArray(schema['enum'])) return `one of ${schema['enum'].join(', ')}`
  const types = [schema['type']].flat().map(type => typeWords[String(type)] ?? 'something else')
  const range = rangeOf(schema)
  const example = exampleOf(schema)
  const like = example === undefined ? '' : ` like ${example}`
  // An example says more to a tired person than a pattern does.
  const pattern = typeof schema['pattern'] === 'string' && like === '' ? ` (${schema['pattern']})` : ''
  return `${types.join(' or ')}${range}${like}${pattern}`
}

function exampleOf(schema: Schema): string | undefined {
  const examples: unknown = schema['examples'] ?? [schema['default']]
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined
  return typeof example === 'string' ? example : undefined
}

function rangeOf({ minimum, maximum }: Schema): string {
  if (typeof minimum !== 'number') return ''
  return typeof maximum === 'number' ? ` from ${minimum} to ${maximum}` : ` of at least ${minimum}`
}

function kindOf(value: unknown): string {
  if (value instanceof Date) return 'a date'
  return value === null ? 'nothing' : `a ${typeof value}`
}

const longest = 60

/** A value as a message may show it: short, and never a secret. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return value instanceof Date ? 'a date' : 'keys and values'
  const text = JSON.stringify(value)
  const secret = typeof value === 'string' ? secretIn(value) : undefined
  if (secret !== undefined) return `${text.length - 2} characters that look like ${secret}`
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** A JSON pointer as keys and list positions. Only the data tells a position from a key of digits. */
function pathOf(pointer: string, data: unknown): Path {
  let value = data
  return pointer
    .split('/')
    .slice(1)
    .map(part => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
      const step = Array.isArray(value) ? Number(key) : key
      value = asSchema(value)[key]
      return step
    })
}
