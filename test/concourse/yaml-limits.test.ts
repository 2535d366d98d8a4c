import { expect, it } from 'vitest'
import { parseYaml } from '../../src/concourse/yaml-parse.ts'

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

it.each<[string, string, readonly string[]]>([
  ['50 MB', ' '.repeat(50_000_000), ['too-large']],
  ['more values than memory has room for', `[${'a,'.repeat(1_500_000)}]`, ['too-large']],
  ['dashes that are more than memory has room for', `${'- '.repeat(240)}a\n`.repeat(5_000), ['too-large']],
  ['many empty lines', '\n'.repeat(900_000), []],
  ['brackets, 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), ['too-deep']],
  ['braces, 10,000 deep', '{a: '.repeat(10_000), ['too-deep']],
  ['blocks, 2,000 deep', lines(2_000, depth => `${' '.repeat(depth)}a:`), ['too-deep']],
  [
    'levels on levels by aliases',
    `a0: &a0 []\n${lines(60, i => `a${i + 1}: &a${i + 1} ${'['.repeat(100)}*a${i}${']'.repeat(100)}`)}`,
    ['too-deep']
  ],
  ['a NUL', 'a: b\0\n', ['strange-character']],
  [
    'bytes',
    Buffer.from(Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 256)).toString(),
    ['strange-character']
  ],
  ['nothing', '', []],
  ['comments alone', '# a\n'.repeat(10_000), []],
  ['a line of 1 MB', `a: ${'b c '.repeat(250_000)}\n`, []],
  ['a quoted line of 1 MB', `a: "${'b\\n '.repeat(250_000)}"\n`, []],
  ['a list of 1 MB on one line', `a: [${'bcd, '.repeat(200_000)}]\n`, []],
  ['100,000 anchors and aliases', lines(100_000, i => `a${i}: &a${i} x\nb${i}: *a${i}`), []],
  ['10,000 lists that close at the margin', lines(10_000, i => `a${i}: [\n  b, # c\n]`), []],
  ['10,000 comments that touch a quote', '- "a"#b\n'.repeat(10_000), ['yaml-syntax']],
  [
    'a merge into many maps',
    `b: &b {${lines(2_000, i => `k${i}: 1,`)}}\n${lines(2_000, i => `m${i}: {<<: *b}`)}`,
    ['excessive-aliases']
  ]
])('answers %s', (_, text, codes) => {
  expect([...new Set(parseYaml(text).remarks.map(({ code }) => code))]).toEqual(codes)
})

it('reads 5,000 jobs', () => {
  const script = '          echo one\n'.repeat(30)
  const job = (index: number): string =>
    `- name: job-${index}\n  plan:\n  - get: repo\n    trigger: true\n  - task: t\n    config:\n      run:\n        path: sh\n        args: [-c]\n      script: |\n${script}`
  const { root, remarks } = parseYaml(`jobs:\n${lines(5_000, job)}`)
  expect(remarks).toEqual([])
  const jobs = root.kind === 'map' ? root.entries.get('jobs')?.value : undefined
  expect(jobs?.kind === 'list' && jobs.items.length).toBe(5_000)
})

it.each<[string, string]>([
  ['keys', lines(100_000, () => 'a: 1')],
  ['aliases', lines(100_000, () => '- *a')]
])('tells of a hundred wrong %s, and how many more there are', (_, text) => {
  const { root, remarks } = parseYaml(text)
  const told = root.kind === 'map' ? root.remarks : remarks
  expect(told).toHaveLength(100)
  expect(told.filter(({ message }) => /99,?[89]\d\d more/.test(message))).toEqual([told.at(-1)])
})
