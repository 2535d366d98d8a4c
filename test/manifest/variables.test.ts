import { describe, expect, it } from 'vitest'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { interpolate, referencesIn, VariableError } from '../../src/manifest/variables.ts'

describe('interpolate', () => {
  it('keeps the type of a value that stands alone, and joins texts and numbers', () => {
    const document = readYaml('{alone: ((n)), list: ((l)), joined: "a-((n))-((s))", ((s)): 1}')
    const { document: result } = interpolate(document, { n: 3, l: [1, 2], s: '$&' })
    expect(result).toEqual({ alone: 3, list: [1, 2], joined: 'a-3-$&', '$&': 1 })
  })

  it('finds keys, indices and names with dots', () => {
    const document = readYaml('[((cert.ca)), ((list.1)), ((map.1)), ((!a.b))]')
    const { document: result } = interpolate(document, {
      cert: { ca: 'CA' },
      list: ['x', 'y'],
      map: { '1': 'one' },
      'a.b': true
    })
    expect(result).toEqual(['CA', 'y', 'one', true])
  })

  it('leaves what is not given, and tells', () => {
    const { document, missing, unused } = interpolate(readYaml('a: ((b))((c))\nd: ((e.f))'), { c: 1, x: 2 })
    expect(document).toEqual({ a: '((b))1', d: '((e.f))' })
    expect(missing).toEqual(['b', 'e'])
    expect(unused).toEqual(['x'])
  })

  it('drops definitions of variables that are given', () => {
    const text = 'variables: [{name: a, type: password}, {name: b, type: password}]\np: ((a))'
    const { document, missing } = interpolate(readYaml(text), { a: 'secret' })
    expect(document).toEqual({ variables: [{ name: 'b', type: 'password' }], p: 'secret' })
    expect(missing).toEqual(['b'])
  })

  it('does not look for references in values', () => {
    expect(interpolate('((a))', { a: '((b))', b: 'x' }).document).toBe('((b))')
  })

  it('refuses a map inside a text, and a key that a value lacks', () => {
    expect(() => interpolate('x((a))', { a: {} })).toThrow(VariableError)
    expect(() => interpolate('((a.b))', { a: { c: 1 } })).toThrow(VariableError)
  })
})

it('referencesIn lists each name once, in order', () => {
  expect(referencesIn(readYaml('[((b.x)), "((a))((b.y))", {((/abs/c)): 1}]'))).toEqual(['/abs/c', 'a', 'b'])
})
