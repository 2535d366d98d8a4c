import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { pipeline } from '../concourse/pipelines.ts'
import { emitted } from './run-source.ts'

it('emits what was imported, whatever it is', () => {
  fc.assert(
    fc.property(pipeline, value => {
      expect(emitted(renderPipeline(value, { source: 'p.ts' }))).toEqual(value)
    }),
    { numRuns: 300 }
  )
})

const word = fc.constantFrom(
  '',
  'dev',
  'prod',
  'dev-prod',
  'a dev b',
  'dev dev',
  '${dev}',
  '`prod`',
  '((dev))',
  'de\nv'
)

it('emits steps that are alike as they were', () => {
  const params = fc.record({ NAME: word, DOMAIN: word, PASSWORD: word })
  fc.assert(
    fc.property(fc.array(fc.tuple(word, params), { minLength: 2, maxLength: 5 }), tasks => {
      const file = 'repository/ci/tasks/something-with-a-name-that-is-long-enough-to-be-worth-a-function.yml'
      const plan = tasks.map(([name, given]) => ({ kind: 'task', name, file, params: given }) as const)
      const value = { resources: [], jobs: [{ name: 'j', plan }] }
      expect(emitted(renderPipeline(value, { source: 'p.ts' }))).toEqual(value)
    }),
    { numRuns: 300 }
  )
})

const unusual: Readonly<Record<string, string>> = {
  'jobs that wait for each other': `
jobs:
  - { name: a, plan: [{ get: r, passed: [b] }] }
  - { name: b, plan: [{ get: r, passed: [a, c*, a] }] }
resources: [{ name: r, type: git, source: { uri: u } }]
`,
  'jobs above those that they wait for': `
resources: [{ name: r, type: git }]
jobs:
  - { name: last, plan: [{ get: r, passed: [first] }] }
  - { name: first, plan: [{ get: r }] }
`,
  'two of one name, of each kind': `
resource_types: [{ name: t, type: a }, { name: t, type: t }]
resources: [{ name: r, type: t }, { name: r, type: t, icon: i }, { name: r, type: t }]
jobs: [{ name: j, plan: [{ get: r }, { put: r, resource: r }] }, { name: j, plan: [{ get: r, passed: [j] }] }]
`,
  'types of types in the wrong order': `
resource_types: [{ name: b, type: a }, { name: a, type: registry-image }, { name: git, type: git }]
resources: [{ name: r, type: b, source: {} }, { name: g, type: git, source: { uri: u } }]
jobs: [{ name: j, plan: [{ get: r }, { get: g }] }]
`,
  'names that mean something to JavaScript': `
resources: [{ name: default, type: git }, { name: get, type: git }, { name: '1', type: git }, { name: '', type: git }]
jobs:
  - { name: constructor, plan: [{ get: get }, { get: default }, { get: '1' }, { get: '' }] }
  - { name: 名前, plan: [{ task: x, params: { __proto__: { a: b }, constructor: 1, a-b: 2 }, file: a/b }] }
`,
  'texts that are not what they look like': `
jobs:
  - name: j
    plan:
      - { task: ((.:t)), file: '((.:f))', timeout: banana, image: '((x))' }
      - { get: g, timeout: 60m, passed: ['((job))', 'a*'], params: { a: '((b c))', b: '((.:c.d))', c: x((d)) } }
      - { get: g, timeout: 01h }
      - { get: g, timeout: 1h30m }
      - { get: g, timeout: 5ms }
      - { get: g, timeout: '0' }
`,
  'what is there and empty': `
groups: []
var_sources: []
resource_types: []
prototypes: []
resources: [{ name: r, type: git, source: {}, tags: [], version: {} }]
display: {}
user_data: []
jobs: [{ name: j, plan: [], serial_groups: [], build_log_retention: {} }]
`
}

it.each(Object.entries(unusual))('keeps %s', (_, yaml) => {
  expect(emitted(yaml)).toEqual(readPipeline(yaml, 'p.yml').pipeline)
})

it.each([
  'a\nb\n',
  'a\nb',
  'a\n\nb\n',
  '  a\nb\n',
  ' a\n b\n',
  'a\n\tb\n',
  'a\n  \nb\n',
  'a \nb\n',
  'a\nb\n\n',
  '\na\nb\n',
  'echo `date` ${HOME} $(pwd) \\`x\\` \\${y} \\\\${z} \\n\nend\n',
  'a\nb\\',
  'a\nb\\\n',
  'a\nb ',
  'it\'s\n"quoted"\n',
  'a\r\nb\n',
  'a\u2028\nb\n',
  '🚀\né\n'
])('keeps the text %j', text => {
  const config = { platform: 'linux', run: { path: 'sh', args: ['-c', text] }, params: { A: text } }
  const value = { resources: [], jobs: [{ name: 'j', plan: [{ kind: 'task', name: 't', config } as const] }] }
  expect(emitted(renderPipeline(value, { source: 'p.ts' }))).toEqual(value)
})
