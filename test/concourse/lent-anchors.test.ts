import { expect, it } from 'vitest'
import { inspectPipeline, inspectTaskConfig } from '../../src/concourse/read.ts'

const jobs = 'jobs: [{name: j, plan: [{task: t, file: a/b, params: *x}]}]\n'

it.each<[string, string]>([
  ['on its value', `shared: &x {a: 1}\n${jobs}`],
  ['in its list', `anchors:\n- &w {a: 1}\n- &x {b: 1}\n${jobs}`],
  ['deep in its map', `x-common: {a: {b: [1, &x {a: 1}]}}\n${jobs}`],
  ['on text', `url: &x https://a.example.com\n${jobs.replace('params: *x', 'params: {A: *x}')}`],
  ['for a merge key', `shared: &x {a: 1}\n${jobs.replace('*x', '{<<: *x, b: 1}')}`],
  ['for a merge at the top', `shared: &x {groups: []}\n<<: *x\n${jobs.replace('*x', '{}')}`],
  ['below a name much like one that is known', `resource: &x {a: 1}\n${jobs}`],
  ['for a key that is below', `${jobs.replace('*x', '&y {}')}more: {a: *y, b: &x {a: 1}}\nuser_data: *x\n`]
])('says nothing of a key at the top that lends an anchor %s', (_, text) => {
  expect(unknownIn(text)).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  ['lends no anchor', `shared: {a: 1}\nother: &x {a: 1}\n${jobs}`, ['shared']],
  ['lends its anchor to itself', `shared: {a: &y {b: 1}, c: *y}\nother: &x {a: 1}\n${jobs}`, ['shared']],
  [
    'has an anchor that nobody uses',
    `resource: &y [{name: r, type: git}]\nother: &x {a: 1}\n${jobs}`,
    ['resource']
  ],
  ['borrows an anchor', `shared: &x {a: 1}\nother: {b: *x}\n${jobs}`, ['other']],
  ['has an anchor that is set anew before it is used', `one: &x {a: 1}\ntwo: &x {a: 1}\n${jobs}`, ['one']],
  [
    'is no key at the top',
    `jobs: [{name: j, plan: [], shared: &x {a: 1}}]\nuser_data: *x\n`,
    ['jobs.j.shared']
  ]
])('tells of an unknown key that %s', (_, text, paths) => {
  expect(unknownIn(text)).toEqual(paths)
})

it('tells of it in a task file, which Concourse refuses for it', () => {
  const text = 'shared: &x {A: 1}\nplatform: linux\nparams: *x\nrun: {path: a}\n'
  const { findings } = inspectTaskConfig(text, 't.yml')
  expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['unknown-key shared'])
})

it('sees the anchors where vars have values', () => {
  const options = { variables: () => 'one' }
  expect(inspectPipeline(`((a)): &x {a: ((b))}\n${jobs}`, 'p.yml', options).findings).toEqual([])
})

function unknownIn(text: string): string[] {
  const { findings } = inspectPipeline(text, 'p.yml')
  return findings.filter(({ code }) => code === 'unknown-key').map(({ path }) => path)
}
