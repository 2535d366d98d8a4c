export interface Case {
  readonly name: string
  readonly manifest: string
  readonly ops?: string
}

const base = `
name: demo
list: [one, two, three]
groups:
- name: api
  jobs:
  - {name: cc, properties: {port: 80}}
  - name: uaa
- name: cell
  jobs: []
`

const op = (path: string, value?: string): string =>
  value === undefined
    ? `- type: remove\n  path: ${path}\n`
    : `- type: replace\n  path: ${path}\n  value: ${value}\n`

/** Manifests and ops files that say, each, one thing about go-patch or about YAML as Go reads and writes it. */
export const corpus: readonly Case[] = [
  { name: 'a key is replaced', manifest: base, ops: op('/name', 'other') },
  { name: 'a missing key needs a question mark', manifest: base, ops: op('/nope', '1') },
  { name: 'an optional path is made', manifest: base, ops: op('/a?/b/c', '[1]') },
  { name: 'an optional list is made', manifest: base, ops: op('/new?/-', 'x') },
  {
    name: 'an optional named item is made',
    manifest: base,
    ops: op('/groups/name=db?/jobs/name=sql?/x', '1')
  },
  { name: 'a nested optional item needs its list', manifest: base, ops: op('/a?/0/b', '1') },
  { name: 'an item is appended', manifest: base, ops: op('/list/-', 'four') },
  { name: 'after-last stands only at the end', manifest: base, ops: op('/list/-/x', '1') },
  { name: 'an index counts from the end', manifest: base, ops: op('/list/-1', 'last') },
  { name: 'an index outside', manifest: base, ops: op('/list/3', 'x') },
  { name: 'before', manifest: base, ops: op('/list/0:before', 'zero') },
  { name: 'after', manifest: base, ops: op('/list/2:after', 'four') },
  { name: 'next', manifest: base, ops: op('/list/0:next', 'second') },
  { name: 'prev before', manifest: base, ops: op('/list/1:prev:before', 'zero') },
  { name: 'before then more', manifest: base, ops: op('/list/1:before:next', 'zero') },
  { name: 'before is not for removal', manifest: base, ops: op('/list/1:before') },
  { name: 'an unknown modifier', manifest: base, ops: op('/list/1:between', 'x') },
  { name: 'a modifier on a key', manifest: base, ops: op('/name:before', 'x') },
  { name: 'an item by name', manifest: base, ops: op('/groups/name=api/jobs/name=cc/properties/port', '81') },
  { name: 'an item before a name', manifest: base, ops: op('/groups/name=cell:before', '{name: db}') },
  { name: 'the item after a name', manifest: base, ops: op('/groups/name=api:next/jobs/-', '{name: rep}') },
  { name: 'no such name', manifest: base, ops: op('/groups/name=db/jobs', '[]') },
  { name: 'two of one name', manifest: 'l: [{n: a}, {n: a}]', ops: op('/l/n=a/x?', '1') },
  { name: 'a number is not matched by text', manifest: 'l: [{n: 1}]', ops: op('/l/n=1/x?', '1') },
  { name: 'removal of a key', manifest: base, ops: op('/list') },
  { name: 'removal of an item', manifest: base, ops: op('/groups/name=api/jobs/name=cc') },
  { name: 'removal by index', manifest: base, ops: op('/list/0') },
  { name: 'removal of an absent optional key', manifest: base, ops: op('/nope?') },
  { name: 'removal below an absent optional key', manifest: base, ops: op('/nope?/deep') },
  { name: 'removal of an absent optional item', manifest: base, ops: op('/groups/name=db?') },
  { name: 'removal of an absent key', manifest: base, ops: op('/groups/name=api/nope') },
  { name: 'removal of the whole', manifest: base, ops: op("''") },
  { name: 'removal after the last', manifest: base, ops: op('/list/-') },
  { name: 'replacement of the whole', manifest: base, ops: op("''", '{a: 1}') },
  { name: 'a map was expected', manifest: base, ops: op('/name/x', '1') },
  { name: 'an array was expected', manifest: base, ops: op('/groups/name=api/jobs/name=cc/0', '1') },
  { name: 'nothing stands there', manifest: 'a:', ops: op('/a/b', '1') },
  { name: 'escapes', manifest: '{"a/b": {"c:d": {"e~f": 1}}}', ops: op('/a~1b/c~7d/e~0f', '2') },
  {
    name: 'a value is copied, not shared',
    manifest: 'a: []\nb: []',
    ops: `${op('/a/-', '{x: 1}')}${op('/a/0/x', '2')}`
  },
  { name: 'test of a value', manifest: base, ops: '- {type: test, path: /name, value: demo}\n' },
  { name: 'test that fails', manifest: base, ops: '- {type: test, path: /list, value: [one]}\n' },
  { name: 'test of absence', manifest: base, ops: '- {type: test, path: /nope, absent: true}\n' },
  { name: 'test of absence that fails', manifest: base, ops: '- {type: test, path: /name, absent: true}\n' },
  { name: 'the second operation fails', manifest: base, ops: `${op('/name', 'x')}${op('/nope')}` },
  { name: 'an operation without a path', manifest: base, ops: '- {type: replace, value: 1}\n' },
  { name: 'an operation without a value', manifest: base, ops: '- {type: replace, path: /name}\n' },
  { name: 'a removal with a value', manifest: base, ops: '- {type: remove, path: /name, value: 1}\n' },
  { name: 'an unknown operation', manifest: base, ops: '- {type: move, path: /name}\n' },
  { name: 'a path that does not start at the root', manifest: base, ops: op('name', '1') },
  { name: 'ops that are no list', manifest: base, ops: 'a: 1\n' },
  { name: 'an empty ops file', manifest: base, ops: '' },
  {
    name: 'scalars as Go reads and writes them',
    manifest:
      'a: yes\nb: "yes"\nc: 0755\nd: "0755"\ne: 10:30\nf: 2001-01-01\ng: 1_000\nh: 1e3\ni: 0x1f\nj: "12e03"\nk: ~\nl: ""\nm: 1.50\no: 1.10.0\np: .5\nq: 1e21'
  },
  {
    name: 'text that needs quotes',
    manifest:
      'a: "a: b"\nb: " x"\nc: "x "\nd: "#c"\ne: "a #c"\nf: "- a"\ng: "-a"\nh: "?"\ni: "a:"\nj: "*"\nk: "@x"\nl: "%"\nm: "it\'s"\no: "{x}"\np: "a,b"\nq: "tab\\tx"\nr: "[x"\ns: "---"\nt: "é"\nu: "http://x:80/"\nv: ":"\nw: "<<"\nx: "!a"\nz: "\\u0007"\nz2: "a\\u00a0b"'
  },
  {
    name: 'text of several lines',
    manifest:
      'a: "x\\ny"\nb: "x\\ny\\n"\nc: "x\\n\\ny\\n\\n"\nd: " x\\ny"\ne: "x \\ny"\nf: "\\nx"\ng: ["x\\ny\\n", z]\nh: "x\\n y"\ni: "x\\ny "\nj: {k: "a\\nb\\n"}'
  },
  {
    name: 'keys in order',
    manifest: '{z10: 1, z9: 2, B: 3, a: 4, _u: 5, "1": 6, z: 7, z01: 8, a-b: 9, a_b: 10, ab: 11}'
  },
  {
    name: 'lists in lists',
    manifest: '[1, [2, [3, 4]], {a: {}, b: [], c: [{x: 1, w: 2}]}, [{a: 1, b: [2]}]]'
  },
  { name: 'merge keys and anchors', manifest: 'a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\nc: *x' },
  {
    name: 'characters that need an escape',
    manifest:
      'a: "\\0\\a\\b\\e\\x7f"\nb: "x\\u0085y"\nd: "x\\ufeffy\\u00a0z"\ne: "\\tx\\"\\\\y"\nf: "a\\tb\\nc"\ng: "\\U0001F600\\t"'
  },
  { name: 'a question mark in braces', manifest: base, ops: '- {type: replace, path: /a?/b, value: 1}\n' },
  { name: 'a question mark in brackets', manifest: base, ops: op('/name', '[x, y?z]') },
  { name: 'a quoted question mark in braces', manifest: '{a: "x?", b: [\'y?\']}\n' },
  { name: 'an empty document', manifest: '' },
  { name: 'a scalar document', manifest: 'just text' }
]
