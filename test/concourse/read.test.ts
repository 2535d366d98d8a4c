import { expect, it } from 'vitest'
import { inspectPipeline, readPipeline, readTaskConfig } from '../../src/concourse/read.ts'
import type { Release } from '../../src/concourse/release.ts'
import { FindingsError, formatFinding } from '../../src/core/finding.ts'

/** `line:column code path` of each finding. */
function findingsIn(
  text: string,
  read: (text: string, file: string) => unknown = readPipeline
): readonly string[] {
  try {
    read(text, 'p.yml')
  } catch (thrown) {
    if (!(thrown instanceof FindingsError)) throw thrown
    return thrown.findings.map(({ line, column, code, path }) => `${line}:${column} ${code} ${path}`)
  }
  return []
}

/** A pipeline whose one step stands in line 5, its keys from column 5. */
function step(...lines: readonly string[]): string {
  return ['jobs:', '- name: j', '  serial: true', '  plan:', `  - ${lines.join('\n    ')}`, ''].join('\n')
}

it('tells all that is wrong at once, in the order of the file', () => {
  const text = `resources:
- name: repo
  typ: git
  source: {}
jobs:
- name: build
  serial: "yes"
  plan:
  - get: repo
    triger: true
  - task: unit
    config:
      platform: linux
      run: {path: make, arg: [test]}
- plan: []
`
  expect(findingsIn(text)).toEqual([
    '2:3 missing-key resources.repo',
    '3:3 unknown-key resources.repo.typ',
    '7:11 wrong-type jobs.build.serial',
    '10:5 unknown-key jobs.build.plan[0].get(repo).triger',
    '14:25 unknown-key jobs.build.plan[1].task(unit).config.run.arg',
    '15:3 missing-key jobs[1]'
  ])
})

it('says what was found, what was expected and which name was meant', () => {
  const error = () => readPipeline(step('task: t', 'file: a/b', 'imput_mapping: {}'), 'p.yml')
  expect(error).toThrow(
    'p.yml:7:5: error: jobs.j.plan[0].task(t).imput_mapping: found the key "imput_mapping", ' +
      'which a task step does not have\n  hint: write input_mapping'
  )
})

it.each<[string, readonly string[], readonly string[]]>([
  ['an empty step', ['{}'], ['5:5 no-core-step jobs.j.plan[0]']],
  ['a step that is no map', ['build'], ['5:5 wrong-type jobs.j.plan[0]']],
  ['modifiers without a step', ['attempts: 2', 'timeout: 1h'], ['5:5 no-core-step jobs.j.plan[0]']],
  ['an unknown step', ['tsk: a', 'file: b/c'], ['5:5 unknown-step jobs.j.plan[0]']],
  ['a step of old', ['aggregate: []'], ['5:5 unknown-step jobs.j.plan[0]']],
  ['two steps in one', ['get: a', 'task: b', 'file: c/d'], ['5:5 two-core-steps jobs.j.plan[0]']],
  ['a name that is no text', ['get: 5'], ['5:10 wrong-type jobs.j.plan[0].get']],
  ['a get of y', ['get: y'], ['5:10 wrong-type jobs.j.plan[0].get']],
  [
    'a version that Concourse would drop',
    ['get: a', 'version: newest'],
    ['6:14 wrong-type jobs.j.plan[0].get(a).version']
  ],
  [
    'inputs that Concourse would drop',
    ['put: a', 'inputs: al'],
    ['6:13 wrong-type jobs.j.plan[0].put(a).inputs']
  ],
  [
    'a var for a boolean',
    ['get: a', 'trigger: ((t))'],
    ['6:14 unresolved-var jobs.j.plan[0].get(a).trigger']
  ],
  [
    'a var for a number',
    ['try: {get: a}', 'attempts: ((n))'],
    ['6:15 unresolved-var jobs.j.plan[0].attempts']
  ],
  ['a var for a map', ['put: a', 'params: ((p))'], ['6:13 unresolved-var jobs.j.plan[0].put(a).params']],
  ['half a number of tries', ['get: a', 'attempts: 1.5'], ['6:15 wrong-type jobs.j.plan[0].attempts']],
  [
    'a number that is rounded',
    ['put: a', 'params: {id: [9007199254740993]}'],
    ['6:19 number-range jobs.j.plan[0].put(a).params.id[0]']
  ],
  ['no number', ['put: a', 'params: {id: .nan}'], ['6:18 number-range jobs.j.plan[0].put(a).params.id']],
  [
    'a key twice in params',
    ['put: a', 'params: {k: 1, k: 2}'],
    ['6:20 duplicate-key jobs.j.plan[0].put(a).params']
  ],
  ['an empty hook', ['get: a', 'ensure:'], ['6:12 wrong-type jobs.j.plan[0].ensure']],
  [
    'what is wrong in a hook',
    ['get: a', 'on_failure:', '  put: b', '  no_gett: true'],
    ['8:7 unknown-key jobs.j.plan[0].on_failure.put(b).no_gett']
  ],
  [
    'what is wrong in branches',
    ['in_parallel:', '  limt: 2', '  steps:', '  - git: a'],
    [
      '6:7 unknown-key jobs.j.plan[0].in_parallel.limt',
      '8:9 unknown-step jobs.j.plan[0].in_parallel.steps[0]'
    ]
  ],
  [
    'what is wrong in a short in_parallel',
    ['in_parallel:', '- git: a'],
    ['6:7 unknown-step jobs.j.plan[0].in_parallel.steps[0]']
  ],
  ['what is wrong in do and try', ['do:', '- try: {git: a}'], ['6:13 unknown-step jobs.j.plan[0].do[0].try']],
  [
    'a memory limit that is none',
    ['task: t', 'config:', '  platform: linux', '  run: {path: a}', '  container_limits: {memory: 1.5GB}'],
    ['9:34 wrong-type jobs.j.plan[0].task(t).config.container_limits.memory']
  ]
])('tells of %s', (_, lines, findings) => {
  expect(findingsIn(step(...lines))).toEqual(findings)
})

it.each<[string, Release, string]>([
  ['across', '6.4', step('get: a', 'across: [{var: v, values: [1]}]')],
  ['set_pipeline', '5.7', step('set_pipeline: self', 'file: b/c')],
  ['hermetic', '7.9', step('task: a', 'file: b/c', 'hermetic: true')],
  ['tags', '8.2', step('do: []', 'tags: [a]')],
  ['user_data', '7.14', 'jobs: []\nuser_data: 1\n'],
  ['ttl', '8.1', step('task: a', 'config: {platform: linux, caches: [{path: a, ttl: 1h}]}')]
])('tells that %s came after the target %s', (key, target, text) => {
  const { findings } = inspectPipeline(text, 'p.yml', { target })
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    expect.stringContaining(`not-in-target: found ${key}, which Concourse knows since`)
  ])
  expect(findingsIn(text)).toEqual([])
})

it('takes timeout for a key of get, put and task, and for a modifier of the others', () => {
  const { pipeline } = readPipeline(
    step('do:', '- get: a', '  timeout: 5m', 'timeout: 1h', 'attempts: 2'),
    'p.yml'
  )
  expect(pipeline.jobs[0]?.plan).toEqual([
    {
      kind: 'attempts',
      attempts: 2,
      step: {
        kind: 'timeout',
        timeout: '1h',
        step: { kind: 'do', steps: [{ kind: 'get', name: 'a', timeout: '5m' }] }
      }
    }
  ])
})

it('nests modifiers as Concourse does, whatever their order on the page', () => {
  const { pipeline } = readPipeline(
    step('ensure: {get: c}', 'attempts: 2', 'on_failure: {get: b}', 'get: a'),
    'p.yml'
  )
  expect(pipeline.jobs[0]?.plan).toEqual([
    {
      kind: 'ensure',
      hook: { kind: 'get', name: 'c' },
      step: {
        kind: 'on_failure',
        hook: { kind: 'get', name: 'b' },
        step: { kind: 'attempts', attempts: 2, step: { kind: 'get', name: 'a' } }
      }
    }
  ])
})

it('reads nothing as no key, and vars as text', () => {
  const text = `resources:
- {name: a, type: time, icon: ~}
- {name: b, type: git, source: {uri: ((uri))}}
jobs:
- {name: j, plan: [{get: a, params: ~, trigger: ~}], ensure: ~}
`
  expect(readPipeline(text, 'p.yml').pipeline).toEqual({
    resources: [
      { name: 'a', type: 'time' },
      { name: 'b', type: 'git', source: { uri: '((uri))' } }
    ],
    jobs: [{ name: 'j', plan: [{ kind: 'get', name: 'a' }] }]
  })
})

it('warns of what Concourse turns into text, and reads it so', () => {
  const text = `resources:
- {name: a, type: git, webhook_token: 1.10, source: {N: x}}
jobs:
- {name: 8, plan: [{get: a}]}
`
  const { pipeline, warnings } = readPipeline(text, 'p.yml')
  expect(pipeline.resources[0]).toEqual({
    name: 'a',
    type: 'git',
    webhook_token: '1.1',
    source: { false: 'x' }
  })
  expect(pipeline.jobs[0]?.name).toBe('8')
  expect(warnings.map(({ code, path, severity }) => [code, path, severity])).toEqual([
    ['not-text', 'resources.a.webhook_token', 'warning'],
    ['key-not-text', 'resources.a.source', 'warning'],
    ['not-text', 'jobs.8.name', 'warning']
  ])
})

it('tells once what is wrong below an anchor', () => {
  const text = `resources:
- {name: a, type: git, source: &s {id: 9007199254740993}}
- {name: b, type: git, source: *s}
jobs:
- {name: j, plan: [{get: a}, {get: b}]}
`
  expect(findingsIn(text)).toEqual(['2:40 number-range resources.a.source.id'])
})

it('tells only of the text where it is no YAML', () => {
  expect(findingsIn('jobs:\n- name: [\n')).toEqual([expect.stringMatching(/^3:1 yaml-syntax $/)])
})

it('knows where each path stands, or what is round it', () => {
  const { positionOf } = readPipeline(
    step('task: t', 'file: a/b', 'params:', '  KEY: value', 'ensure: {get: c}'),
    'p.yml'
  )
  expect(positionOf('jobs.j')).toEqual({ line: 2, column: 3 })
  expect(positionOf('jobs.j.plan[0]')).toEqual({ line: 5, column: 5 })
  expect(positionOf('jobs.j.plan[0].task(t).file')).toEqual({ line: 6, column: 5 })
  expect(positionOf('jobs.j.plan[0].task(t).params.KEY')).toEqual({ line: 8, column: 7 })
  expect(positionOf('jobs.j.plan[0].task(t).image')).toEqual({ line: 5, column: 5 })
  expect(positionOf('jobs.j.plan[0].ensure.get(c)')).toEqual({ line: 9, column: 14 })
  expect(positionOf('resources.none')).toBeUndefined()
})

it('reads a task file', () => {
  const text = `platform: linux
inputs: [{name: a, path: b, optional: true}]
outputs: [{name: c}]
caches: [{path: d}]
params: {E: "", F: 1, G: true}
run: {path: f, args: [g], dir: h, user: root}
`
  expect(readTaskConfig(text, 't.yml').config).toEqual({
    platform: 'linux',
    inputs: [{ name: 'a', path: 'b', optional: true }],
    outputs: [{ name: 'c' }],
    caches: [{ path: 'd' }],
    params: { E: '', F: 1, G: true },
    run: { path: 'f', args: ['g'], dir: 'h', user: 'root' }
  })
})

it.each<[string, readonly string[]]>([
  ['platform: linux\nrun: {path: a}\nouputs: []\n', ['3:1 unknown-key ouputs']],
  [
    'platform: linux\nrun: {path: a}\ninputs: [{name: a, optinal: true}]\n',
    ['3:20 unknown-key inputs[0].optinal']
  ],
  ['- platform: linux\n', ['1:1 wrong-type ']]
])('tells what is wrong in the task file %j', (text, findings) => {
  expect(findingsIn(text, readTaskConfig)).toEqual(findings)
})

it('prints a finding as a person reads it', () => {
  const { warnings } = readPipeline('jobs: [{name: yes, plan: []}]\n', 'p.yml')
  expect(warnings.map(formatFinding)).toEqual([
    'p.yml:1:15: warning: jobs.true.name: found yes, which YAML 1.1 reads as true, expected text: Concourse makes it "true"\n' +
      '  hint: quote it'
  ])
})
