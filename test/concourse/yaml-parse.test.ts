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

/** What Concourse v8.3 makes of these texts, by fly's own reading of them. */
it.each<[string, string, unknown]>([
  ['a bracket that closes left of its list', 'a:\n  b: [\n  1,\n2\n]\n', { a: { b: [1, 2] } }],
  ['a brace that closes below its key', '- a: {\n  b: c, # d\n  }\n', [{ a: { b: 'c' } }]],
  ['brackets indented with tabs', 'a: [\n\t1,\n\t{b: 2}\n\t]\n', { a: [1, { b: 2 }] }],
  ['brackets below a script', 'a: |\n  # [\n  echo "\n\nb: [\n]\n', { a: '# [\necho "\n', b: [] }],
  ['brackets below text over lines', 'a: b\n  [ "c\nd: [\n]\n', { a: 'b [ "c', d: [] }],
  ['quotes that go on at the margin', 'a: "b\n\nc"\nd: \'e\nf\'\n', { a: 'b\nc', d: 'e f' }],
  ['text over lines in brackets', 'a: [\nb\nc,\nd]\n', { a: ['b c', 'd'] }],
  ['a comment that touches a quote', 'a: "b"#c\nd: [e]#f\n', { a: 'b', d: ['e'] }],
  ['a tab before a bracket', 'a:\t [b]\n', { a: ['b'] }],
  ['a block at the end of the text', 'a: |\n  b', { a: 'b' }],
  ['a folded block', 'a: >-\n  b\n  c\n\n  d\n', { a: 'b c\nd' }],
  ['a block with an indentation of its own', 'a: |2+\n   b\n\n', { a: ' b\n\n' }],
  ['a tab before a comment', 'a: b\t# c\n', { a: 'b' }],
  ['a key after a question mark', '? a\n: b\n? c\n', { a: 'b', c: null }],
  ['a pair in a list', '[a: b, c]\n', [{ a: 'b' }, 'c']],
  ['a word with a hash', 'a: b#c\n', { a: 'b#c' }],
  ['lone carriage returns', 'a: 1\rb: 2\r', { a: 1, b: 2 }],
  ['the version of YAML', '%YAML 1.1\n---\na: 1\n', { a: 1 }],
  ["an escaped '", 'a: "\\\'b\\\' \\\\"\nc: d\n', { a: "'b' \\", c: 'd' }],
  ['comments alone', '# a\n  # b\n', null],
  ['an empty document', '---\n', null],
  ['tags of scalars', '[!!str 1, !!int "1", !!float 1, !!bool "true", !!null ""]\n', ['1', 1, 1, true, null]],
  ['a tag for bytes', 'a: !!binary |\n  w6nD\n  qA==\n', { a: 'éè' }],
  ["a tag of one's own, which makes text", '[!a 1, ! yes, !d]\n', ['1', 'yes', '']],
  ['a tag of a collection, which means nothing', 'a: !b [1]\nc: !!str {d: 1}\n', { a: [1], c: { d: 1 } }],
  [
    'a merge of a merge',
    'a: &a {k: 1}\nb: &b {<<: *a, l: 2}\nc: {<<: *b}\n',
    {
      a: { k: 1 },
      b: { k: 1, l: 2 },
      c: { k: 1, l: 2 }
    }
  ],
  ['an alias as a key', 'a: &x b\n*x : c\n', { a: 'b', b: 'c' }],
  ['an anchor within an anchor', 'a: &x [&y 1]\nb: [*x, *y]\n', { a: [1], b: [[1], 1] }]
])('reads %s as Concourse does', (_, text, data) => {
  expect(parsed(text)).toEqual({ data, codes: [] })
})

it.each([
  ['1_000', '1000'],
  ['0x1F', '31'],
  ['9007199254740993', '9007199254740993'],
  ['1.10', '1.1'],
  ['-0.0', '0'],
  ['On', 'true']
])('takes the key %s for %s', (written, name) => {
  expect(parsed(`${written}: a\n`)).toEqual({ data: { [name]: 'a' }, codes: ['key-not-text'] })
})

it.each<[string, string, number]>([
  ['a tab on a line of its own', 'a:\n\t\nb: 1\n', 3],
  ['a tab below a value', 'a: b\n\t\n', 5],
  ['a tab before a comment on its line', 'a: "b"\n  \t# c\n', 9],
  ['a tab after a dash', '-\ta\n', 1],
  ['a tab in the indentation', 'a:\n\tb: 1\n', 3],
  ['a question mark in brackets', 'a: [http://b?c]\n', 12],
  ['a colon at the end of a word in brackets', 'a: {b:}\n', 5],
  ['a pair with its colon on another line', 'a: {b\n  : c}\n', 4],
  ['a comment within a word in brackets', 'a: [b # c\nd]\n', 6],
  ['no comma between two pairs', 'a: [\nb\nc: d]\n', 5],
  ['half of a character', 'a: "\\ud83d\\ude00"\n', 4],
  ['what is beyond Unicode', 'a: "\\U00110000"\n', 4],
  ['an unknown escape', 'a: "\\d"\n', 5],
  ['another version of YAML', '# a\n%YAML 1.2\n---\na: 1\n', 4],
  ['no version of YAML', '%YAML 2.0\n---\na: 1\n', 10],
  ['an escaped slash', 'a: "b\\/c"\n', 5],
  ['an anchor with a dot', 'a: &b.c 1\n', 3],
  ['two colons', 'a: b: c\n', 4],
  ['a sign that begins no value', 'a: @b\n', 3],
  ['a list beside its key', 'a: - b\n', 3],
  ['quotes without an end', 'a: "b\n', 6],
  ['a line that begins left of the first', '  a: 1\nb: 2\n', 7]
])('refuses %s, and says where', (_, text, at) => {
  const { remarks } = parseYaml(text)
  expect(remarks.map(remark => [remark.code, remark.at])).toEqual([['yaml-syntax', at]])
})

it.each([
  ['!!int 1.5', 'wrong-tag'],
  ['!!bool yes', 'wrong-tag'],
  ['!!null a', 'wrong-tag'],
  ['!!float a', 'wrong-tag'],
  ['!!binary a', 'wrong-tag']
])('refuses %s', (text, code) => {
  expect(parsed(`a: ${text}\n`).codes).toEqual([code])
})

it.each([
  ['a merge of an alias to a list', 'a: &x [{}]\nb: {<<: *x}\n', ['wrong-type']],
  ['two merge keys', 'a: {<<: {}, <<: {}}\n', ['duplicate-key']],
  [
    'a merge key as other programs write it',
    'a: &x {k: 1}\nb: {k: 2, !!merge <<: *x}\n',
    ['merge-overrides']
  ],
  ['a key beyond 63 bits', 'a: {18446744073709551615: 1}\n', ['key-not-text']],
  ['a key that is nothing', 'a: {~: 1}\n', ['key-not-text']],
  ['what is wrong in a merged map', 'a: {<<: {b: 1, b: 2}}\n', ['duplicate-key']]
])('tells of %s', (_, text, codes) => {
  expect(parsed(text).codes).toEqual(codes)
})

it('says where values begin', () => {
  const text = 'a: &x\n  - "b"\n  - |\n    c\nd: *x\ne:\nf: !t\n  g: 1\n'
  const { root } = parseYaml(text)
  const entries = root.kind === 'map' ? [...root.entries] : []
  const places = entries.map(([key, { at, value }]) => [key, at, value.at])
  const list = text.indexOf('-')
  expect(places).toEqual([
    ['a', 0, list],
    ['d', text.indexOf('d:'), list],
    ['e', text.indexOf('e:'), text.indexOf('e:') + 2],
    ['f', text.indexOf('f:'), text.indexOf('g:')]
  ])
  const items = entries[0]?.[1].value
  expect(items?.kind === 'list' && items.items.map(({ at }) => text.charAt(at))).toEqual(['"', '|'])
})

it('tells comments from hashes in scalars', () => {
  const text = [
    '# causeway: allow a',
    'a: b#c # d',
    'e: "# f" # g',
    "h: '# i'",
    'j: | # k',
    '  # l',
    '#m',
    'n: [o, # p',
    '  "q"] #',
    'r: !s#t u'
  ].join('\n')
  const { comments } = parseYaml(text)
  expect(comments.map(comment => comment.text)).toEqual(['causeway: allow a', 'd', 'g', 'k', 'm', 'p', ''])
  expect(comments.map(({ at }) => text.charAt(at))).toEqual(comments.map(() => '#'))
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
