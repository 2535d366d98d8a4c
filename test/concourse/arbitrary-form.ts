import fc from 'fast-check'
import type { Form, JsonSchema } from '../../src/concourse/form.ts'
import { json, jsonObject, key, text } from './awkward.ts'

const someText = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('repo', 'unit-1', 'build.fast') }, text)

/** Any value that a row of the schema lets through, so that no key is ever left out of a property. */
export function arbitraryOf(form: Form, step: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  switch (form.kind) {
    case 'scalar':
      return scalarOf(form.schema)
    case 'data':
      return json
    case 'list':
      return fc.array(arbitraryOf(form.item, step), { maxLength: 2 })
    case 'map':
      return form.value.kind === 'data'
        ? jsonObject
        : fc.dictionary(key, arbitraryOf(form.value, step), { maxKeys: 2, noNullPrototype: true })
    case 'either':
      return fc.oneof(...form.forms.map(one => arbitraryOf(one, step)))
    case 'object': {
      // Nothing is the same as no key.
      const keys = form.keys.map(
        row => [row.key, arbitraryOf(row.form, step).filter(value => value !== null)] as const
      )
      const requiredKeys = form.keys.filter(row => row.isRequired).map(row => row.key)
      return fc.record(Object.fromEntries(keys), { requiredKeys })
    }
    case 'step':
      return step
    default:
      return form satisfies never
  }
}

function scalarOf({ type, pattern, enum: words, const: word, anyOf }: JsonSchema): fc.Arbitrary<unknown> {
  if (word !== undefined) return fc.constant(word)
  if (Array.isArray(words)) return fc.constantFrom<unknown>(...(words as readonly unknown[]))
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as readonly JsonSchema[]).map(scalarOf))
  if (typeof pattern === 'string' && new RegExp(pattern).test('1GB'))
    return fc.constantFrom('1GB', '512', '5mib')
  if (pattern !== undefined) return fc.constantFrom('((.:names))', '((names))')
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer({ min: -1, max: 1000 })
  return someText
}
