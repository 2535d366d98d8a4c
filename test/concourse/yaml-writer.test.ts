import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import type { Json } from '../../src/concourse/model.ts'
import type { YamlNode } from '../../src/concourse/yaml-node.ts'
import { parseYaml } from '../../src/concourse/yaml-parse.ts'
import { writeYaml } from '../../src/concourse/yaml-writer.ts'
import { awkwardTexts, jsonObject, unkeptTexts } from './awkward.ts'

function dataOf(node: YamlNode): Json {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(dataOf)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, dataOf(value)]))
}

/** As Concourse reads it. */
function read(yaml: string): Json {
  const { root, remarks } = parseYaml(yaml)
  expect(remarks).toEqual([])
  return dataOf(root)
}

/** As other programs of either version read it. */
function readBy(version: '1.1' | '1.2', yaml: string): unknown {
  const document = parseDocument(yaml, { version, uniqueKeys: true, merge: true })
  expect([...document.errors, ...document.warnings]).toEqual([])
  return document.toJS()
}

it('writes data that Concourse reads back as they were', () => {
  fc.assert(
    fc.property(jsonObject, data => {
      expect(read(writeYaml(data))).toEqual(data)
    }),
    { numRuns: 1000 }
  )
})

it.each(['1.1', '1.2'] as const)(
  'writes data that other readers of YAML %s read back as they were',
  version => {
    fc.assert(
      fc.property(jsonObject, data => {
        expect(readBy(version, writeYaml(data))).toEqual(data)
      }),
      { numRuns: 500 }
    )
  }
)

it.each([...awkwardTexts, ...unkeptTexts])('keeps %j as a value, an item and a key', text => {
  const data = { value: text, list: [text, [text]], map: { [text]: text } }
  expect(read(writeYaml(data))).toEqual(data)
})

it.each<[string, string]>([
  ['cf-deployment/operations/scale.yml', 'cf-deployment/operations/scale.yml'],
  ['https://git.example.com/a.git', 'https://git.example.com/a.git'],
  ['((secrets.key))', '((secrets.key))'],
  ['set -eu', 'set -eu'],
  ['1h30m', '1h30m'],
  ['yes', '"yes"'],
  ['1.10', '"1.10"'],
  ['["a"]', `'["a"]'`],
  ["it's", `"it's"`],
  ['a\n', '|\n  a'],
  ['a\nb', '|-\n  a\n  b'],
  [' a\n', '|2\n   a'],
  ['a\n\n', '"a\\n\\n"'],
  ['a \nb\n', '"a \\nb\\n"'],
  ['a\r\n', '"a\\r\\n"'],
  ['\u2028', '"\\u2028"']
])('writes %j as %s', (text, yaml) => {
  expect(writeYaml({ a: text })).toBe(`a: ${yaml}\n`)
})

it('writes lists flush with their key, and empty collections on its line', () => {
  expect(writeYaml({ a: [{ b: 1, c: [] }, [2, [3]]], d: {}, e: null })).toBe(
    'a:\n- b: 1\n  c: []\n- - 2\n  - - 3\nd: {}\ne: null\n'
  )
})
