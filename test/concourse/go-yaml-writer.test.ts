import { expect, it } from 'vitest'
import { writeGoYaml } from '../../src/concourse/go-yaml-writer.ts'

const words = 'word '.repeat(20).trim()

it.each<[string, string]>([
  ['plain', 'a: plain\n'],
  ['a: b', "a: 'a: b'\n"],
  ['yes', 'a: "yes"\n'],
  ['12:30', 'a: "12:30"\n'],
  ['2024-02-29', 'a: "2024-02-29"\n'],
  ['2023-02-29', 'a: 2023-02-29\n'],
  ['2024-01-01 10:00:00', 'a: "2024-01-01 10:00:00"\n'],
  ['2024-01-01 25:00:00', 'a: 2024-01-01 25:00:00\n'],
  ['', 'a: ""\n'],
  [' a', "a: ' a'\n"],
  ['a\tb', 'a: "a\\tb"\n'],
  ['🚀', 'a: "\\U0001F680"\n'],
  ['\ufeffa ', 'a: "\\uFEFF\\x61\\x20"\n'],
  ['a\nb', 'a: |-\n  a\n  b\n'],
  ['a\n\n', 'a: |+\n  a\n\n'],
  [' a\n', 'a: |2\n   a\n'],
  ['a \nb', 'a: "a \\nb"\n'],
  ['a\u2028b', "a: 'a\u2028  b'\n"],
  [words, `a: ${words.slice(0, 79)}\n  ${words.slice(80)}\n`],
  [`${words}: b`, `a: '${words.slice(0, 79)}\n  ${words.slice(80)}: b'\n`]
])('writes the text %j as go-yaml does', (text, expected) => {
  expect(writeGoYaml({ a: text })).toBe(expected)
})

it('puts a long key, or one of several lines, after a question mark', () => {
  const long = 'k'.repeat(129)
  expect(writeGoYaml({ [long]: [1], 'a\nb': { c: 1 } })).toBe(`? |-\n  a\n  b\n: c: 1\n? ${long}\n: - 1\n`)
})

it('puts lists flush with their key, and what is in a list into the same line', () => {
  expect(writeGoYaml({ a: [[1, [2]], { b: [], c: {} }] })).toBe('a:\n- - 1\n  - - 2\n- b: []\n  c: {}\n')
})

it('writes numbers as they come out of JSON', () => {
  expect(writeGoYaml([1, -0, 1e15, 1e21, 1.5, 1234567.5, 1e-7])).toBe(
    '- 1\n- 0\n- 1000000000000000\n- 1e+21\n- 1.5\n- 1.2345675e+06\n- 1e-07\n'
  )
})

it('orders keys by the numbers in them, and letters last', () => {
  const keys = ['a10', 'a2', 'a02', 'B', '_', 'a', 'é', '1']
  const text = writeGoYaml(Object.fromEntries(keys.map(key => [key, null])))
  expect(text.match(/^[^:]+/gm)).toEqual(['_', '"1"', 'B', 'a', 'a2', 'a02', 'a10', 'é'])
})
