import { expect, it } from 'vitest'
import type { YamlNode } from '../../src/concourse/yaml-node.ts'
import { parseYaml } from '../../src/concourse/yaml-parse.ts'

/** The data, and the codes of all that is odd about the text and its keys. */
function parsed(text: string): { data: unknown; codes: readonly string[] } {
  const { root, remarks } = parseYaml(text)
  const codes = remarks.map(({ code }) => code)
  return { data: plain(root, codes), codes }
}

function plain(node: YamlNode, codes: string[]): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(item => plain(item, codes))
  codes.push(...node.remarks.map(({ code }) => code))
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value, codes)]))
}

it.each<[string, string, unknown]>([
  ['quoted scalars as text', `a: "yes"\nb: '1'\nc: |\n  no\n`, { a: 'yes', b: '1', c: 'no\n' }],
  ['plain scalars by go-yaml', 'a: yes\nb: 0755\nc:\n', { a: true, b: 493, c: null }],
  ['aliases in place', 'a: &x [1, {b: c}]\nd: *x\n', { a: [1, { b: 'c' }], d: [1, { b: 'c' }] }],
  ['an anchor that is set again', 'a: &x 1\nb: &x 2\nc: *x\n', { a: 1, b: 2, c: 2 }],
  [
    'a merge before the keys',
    'a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n',
    { a: { k: 1, l: 2 }, b: { k: 3, l: 2 } }
  ],
  [
    'a list of merges, the first first',
    'a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc:\n  <<: [*x, *y]\n',
    { a: { k: 1 }, b: { k: 2, l: 3 }, c: { k: 1, l: 3 } }
  ],
  ['a quoted merge key as a key', 'a: {"<<": 1}\n', { a: { '<<': 1 } }],
  ['a tag for text', 'a: !!str yes\n', { a: 'yes' }],
  ['a byte order mark', '\ufeffa: 1\n', { a: 1 }],
  ['Windows line ends', 'a: |\r\n  x\r\n  y\r\nb: 1\r\n', { a: 'x\ny\n', b: 1 }],
  ['an empty text', '', null],
  ['an end of document', 'a: 1\n...\n', { a: 1 }],
  ['a key of every object', '__proto__: 1\n', { ['__proto__']: 1 }]
])('reads %s', (_, text, data) => {
  expect(parsed(text)).toEqual({ data, codes: [] })
})

it.each<[string, string, readonly string[]]>([
  ['no YAML', 'a: [1\nb: 2\n', ['yaml-syntax']],
  ['a second document', 'a: 1\n---\nb: 2\n', ['second-document']],
  ['a key twice', 'a: {b: 1, b: 2}\n', ['duplicate-key']],
  ['two keys that Concourse reads as one', 'a: {"true": 1, true: 2}\n', ['key-not-text', 'duplicate-key']],
  ['a key that is no text', 'a: {N: 1, 8080: 2}\n', ['key-not-text', 'key-not-text']],
  ['a key that is a list', '? [a]\n: b\n', ['key-not-text']],
  ['an alias without an anchor', 'a: *x\n', ['unknown-anchor']],
  ['an alias within its anchor', 'a: &x [*x]\n', ['unknown-anchor']],
  ['a merge of no map', 'a: {<<: 1}\n', ['wrong-type']],
  ['a merge that wins over a key above it', 'a: &x {k: 1}\nb: {k: 2, <<: *x}\n', ['merge-overrides']],
  ['a tag that its value does not fit', 'a: !!int yes\n', ['wrong-tag']],
  ['a line separator', 'a: "x\u2028y"\n', ['strange-character']],
  ['a control character', 'a: x\u0007\n', ['strange-character']]
])('tells of %s', (_, text, codes) => {
  expect(parsed(text).codes).toEqual(codes)
})

it('lets a merged value win over a key above it, as go-yaml does', () => {
  expect(parsed('a: &x {k: 1}\nb:\n  k: 2\n  <<: *x\n').data).toEqual({ a: { k: 1 }, b: { k: 1 } })
})

it('refuses aliases of aliases that would fill the memory', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]`)
  expect(parseYaml(`l0: &l0 [x, x]\n${levels.join('\n')}\n`).remarks.map(({ code }) => code)).toEqual([
    'excessive-aliases'
  ])
})

it.each<[string, string]>([
  ['brackets', '['.repeat(100_000)],
  ['dashes', `${'- '.repeat(5_000)}a\n`],
  ['indentation', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')]
])('refuses %s that would overflow the stack', (_, text) => {
  expect(parseYaml(text).remarks.map(({ code }) => code)).toEqual(['too-deep'])
})

it.each<[string, string]>([
  ['brackets', `${'['.repeat(240)}${']'.repeat(240)}\n`],
  ['dashes', `${'- '.repeat(240)}a\n`],
  ['indentation', Array.from({ length: 240 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')]
])('reads %s that go deep', (_, text) => {
  expect(parseYaml(text).remarks).toEqual([])
})
