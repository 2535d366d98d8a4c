import { expect, it } from 'vitest'
import { readPipeline } from '../../src/concourse/read.ts'
import { acrossWithoutVars } from '../../src/rules/across-without-vars.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { repeatedVar } from '../../src/rules/repeated-var.ts'
import { shadowedVar } from '../../src/rules/shadowed-var.ts'
import { unknownLocalVar } from '../../src/rules/unknown-local-var.ts'
import { unknownVarSource } from '../../src/rules/unknown-var-source.ts'
import { unusedLocalVar } from '../../src/rules/unused-local-var.ts'
import { varNotResolved } from '../../src/rules/var-not-resolved.ts'
import { found, plan } from './found.ts'

const config = 'config: {platform: linux, run: {path: a}}'
const load = (name: string) => `{load_var: ${name}, file: r/${name}}`
const uses = (name: string, more = '') =>
  `{task: t, params: {X: ((.:${name}))}, ${config}${more === '' ? '' : `, ${more}`}}`
const across = (name: string) => `across: [{var: ${name}, values: [1, 2]}]`

it.each<[string, string]>([
  ['that was loaded', `${load('v')}, ${uses('v')}`],
  ['by a field of it', `${load('v')}, ${uses('v.field."a.b"')}`],
  ['of a get and of the get of a put', `{get: a}, {put: b}, ${uses('a.commit')}, ${uses('b.digest')}`],
  ['of the across round it', uses('v', across('v'))],
  ['of an across further out', `{do: [${uses('v', across('w'))}], ${across('v')}}`],
  ['that was loaded before across', `${load('v')}, ${uses('v', across('w'))}`],
  ['in the values of across', `${load('v')}, {task: t, ${config}, across: [{var: w, values: ((.:v))}]}`],
  [
    'that was loaded within do, try and in_parallel',
    `{do: [{try: {in_parallel: [${load('v')}]}}]}, ${uses('v')}`
  ],
  ['in a hook', `{do: [${load('v')}, {task: s, ${config}}], on_failure: ${uses('v')}}`],
  ['by a name that a var makes', `${load('((name))')}, ${uses('v')}`],
  ['in the config of a task', `${load('v')}, {task: t, config: {platform: linux, run: {path: ((.:v))}}}`]
])('takes a local var %s', (_, steps) => {
  expect(found(unknownLocalVar, plan(steps))).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  ['that nobody sets', uses('v'), ['unknown-local-var jobs.j.plan[0].task(t).params.X']],
  ['that is set later', `${uses('v')}, ${load('v')}`, ['unknown-local-var jobs.j.plan[0].task(t).params.X']],
  [
    'of the across that the hook stands outside of',
    `{task: s, ${config}, ${across('v')}, on_failure: ${uses('v')}}`,
    ['unknown-local-var jobs.j.plan[0].on_failure.task(t).params.X']
  ],
  [
    'that was loaded within across',
    `{do: [${load('v')}], ${across('w')}}, ${uses('v')}`,
    ['unknown-local-var jobs.j.plan[1].task(t).params.X']
  ],
  [
    'of the get that failed',
    `{get: a, on_failure: ${uses('a.commit')}}`,
    ['unknown-local-var jobs.j.plan[0].on_failure.task(t).params.X']
  ],
  [
    'of a put without its get',
    `{put: a, no_get: true}, ${uses('a.x')}`,
    ['unknown-local-var jobs.j.plan[1].task(t).params.X']
  ],
  [
    'that a parallel step sets',
    `{in_parallel: [${load('v')}, ${uses('v')}]}`,
    ['warning unknown-local-var jobs.j.plan[0].in_parallel.steps[1].task(t).params.X']
  ],
  [
    'of the same across in its values',
    `{task: t, ${config}, across: [{var: v, values: [1]}, {var: w, values: ((.:v))}]}`,
    ['unknown-local-var jobs.j.plan[0].across[1].values']
  ]
])('finds a local var %s', (_, steps, findings) => {
  expect(found(unknownLocalVar, plan(steps))).toEqual(findings)
})

it('knows the metadata of a get since 8.1', () => {
  const yaml = plan(`{get: a}, ${uses('a.commit')}`)
  expect(found(unknownLocalVar, yaml, { target: '8.0' })).toHaveLength(1)
})

it('looks into task files that are at hand', () => {
  const taskFile = () => ({ platform: 'linux', params: { A: '((.:v))' } }) as const
  const yaml = plan('{task: t, file: r/t.yml}')
  expect(found(unknownLocalVar, yaml, { taskFile })).toEqual([
    'unknown-local-var jobs.j.plan[0].task(t).file'
  ])
})

it.each<[string, string]>([
  ['in a step', `${load('v')}, ${uses('v')}`],
  ['by a task file that is not at hand', `${load('v')}, {task: t, file: r/t.yml}`],
  ['in the source of a resource', `${load('v')}, {put: p}`],
  ['of across in a key of a step', `{task: ((.:v)), ${config}, ${across('v')}}`]
])('takes a local var that is used %s', (_, steps) => {
  const yaml = plan(steps, 'resources: [{name: p, type: git, source: {branch: ((.:v))}}]')
  expect(found(unusedLocalVar, yaml)).toEqual([])
})

it('finds local vars that nobody uses', () => {
  const yaml = plan(
    `${load('v')}, {task: s, ${config}, ${across('w')}}, {do: [${uses('x')}], ${across('z')}}, ${uses('w')}`
  )
  expect(found(unusedLocalVar, yaml)).toEqual([
    'warning unused-local-var jobs.j.plan[0].load_var(v)',
    'warning unused-local-var jobs.j.plan[1].across[0]',
    'warning unused-local-var jobs.j.plan[2].across[0]'
  ])
})

it('finds local vars of one name, in a scope and through across', () => {
  const yaml = `jobs:
- name: j
  plan: [${load('v')}, {in_parallel: [${load('v')}]}, {do: [${load('v')}, ${load('w')}], across: [{var: w, values: [1]}, {var: w, values: [1]}]}]
  ensure: ${load('v')}
- {name: k, plan: [${load('v')}]}
`
  expect(found(repeatedVar, yaml)).toEqual([
    'repeated-var jobs.j.plan[1].in_parallel.steps[0].load_var(v)',
    'repeated-var jobs.j.plan[2].across[1]',
    'repeated-var jobs.j.plan[2].across.do[1].load_var(w)',
    'repeated-var jobs.j.ensure.load_var(v)'
  ])
  expect(found(shadowedVar, yaml)).toEqual(['warning shadowed-var jobs.j.plan[2].across.do[0].load_var(v)'])
})

it('finds an across without vars', () => {
  expect(found(acrossWithoutVars, plan(`{task: t, ${config}, across: []}`))).toEqual([
    'across-without-vars jobs.j.plan[0].across'
  ])
})

it('finds vars of sources that are not there, wherever they are resolved', () => {
  const yaml = plan(
    `{get: a, params: {x: ((b:x))}}, {task: t, vars: {x: ((c:x.y))}, config: {platform: linux, run: {path: ((d:x))}}}, {load_var: v, file: ((.:x))}`,
    'var_sources: [{name: b, type: vault, config: {token: ((e:x))}}]',
    'resources: [{name: a, type: t, source: {x: ((b:x)), z: ((f:x))}, webhook_token: ((g:x)), icon: ((h:x))}]',
    'resource_types: [{name: t, type: u, source: {x: ((i:x))}}]'
  )
  expect(found(unknownVarSource, yaml)).toEqual([
    'unknown-var-source resources.a.webhook_token',
    'unknown-var-source resources.a.source.z',
    'unknown-var-source resource_types.t.source.x',
    'unknown-var-source var_sources.b.config.token',
    'unknown-var-source jobs.j.plan[1].task(t).config.run.path',
    'unknown-var-source jobs.j.plan[1].task(t).vars.x'
  ])
})

it('takes any source where a var makes the name of one', () => {
  const yaml = plan('{put: a, params: {x: ((b:x))}}', 'var_sources: [{name: ((c)), type: vault}]')
  expect(found(unknownVarSource, yaml)).toEqual([])
})

it.each<[string, string]>([
  ['params', '{get: a, params: {x: ((v))}}, {put: a, params: {x: ((v))}, get_params: {((v)): x}}'],
  [
    'the config and vars of a task',
    '{task: t, vars: {x: ((v))}, config: {platform: ((v)), run: {path: ((v))}}}'
  ],
  [
    'set_pipeline',
    '{set_pipeline: p, file: ((v))/x, team: ((v)), var_files: [((v))/x], instance_vars: {x: ((v))}}'
  ],
  ['load_var', '{load_var: x, file: ((v))/x}'],
  [
    'a step within across, of its vars',
    `{task: t-((.:v)), file: ((.:v))/x, tags: [((.:v))], timeout: ((.:v)), input_mapping: {x: ((.:v))}, ${across('v')}}`
  ],
  ['a step further within', `{do: [{try: {put: a, tags: [((.:v))]}}], ${across('v')}}`]
])('takes vars in %s', (_, steps) => {
  expect(found(varNotResolved, plan(steps), { areVarsGiven: true })).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  [
    'what picks versions',
    '{get: a, resource: ((v)), passed: [((w))], version: {ref: ((x))}}',
    [
      'warning var-not-resolved jobs.j.plan[0].get(a).resource',
      'warning var-not-resolved jobs.j.plan[0].get(a).passed[0]',
      'warning var-not-resolved jobs.j.plan[0].get(a).version.ref'
    ]
  ],
  [
    'the keys of a task',
    '{task: t, file: ((v))/x, image: ((.:v)), tags: [((s:v))], timeout: ((w)), output_mapping: {x: ((x))}}',
    [
      'var-not-resolved jobs.j.plan[0].task(t).image',
      'var-not-resolved jobs.j.plan[0].task(t).tags[0]',
      'warning var-not-resolved jobs.j.plan[0].task(t).file',
      'warning var-not-resolved jobs.j.plan[0].task(t).output_mapping.x',
      'warning var-not-resolved jobs.j.plan[0].task(t).timeout'
    ]
  ],
  ['names', `{task: t-((.:v)), ${config}}`, ['warning var-not-resolved jobs.j.plan[0].task(t-((.:v)))']],
  [
    'the time-out of a step that has none of its own, also within across',
    `{do: [{try: {get: a}, timeout: ((.:v))}], ${across('v')}}`,
    ['var-not-resolved jobs.j.plan[0].across.do[0].timeout']
  ],
  [
    'the hooks of an across',
    `{task: t, ${config}, ${across('v')}, ensure: {task: s, file: ((.:v))/x}}`,
    ['var-not-resolved jobs.j.plan[0].ensure.task(s).file']
  ],
  [
    'the names of vars',
    `{task: t, ${config}, across: [{var: ((v)), values: [1]}]}`,
    ['warning var-not-resolved jobs.j.plan[0].across[0].var']
  ]
])('finds vars in %s', (_, steps, findings) => {
  expect(found(varNotResolved, plan(steps), { areVarsGiven: true })).toEqual(findings)
})

it('finds vars in the parts of a pipeline that are no steps', () => {
  const yaml = `groups: [{name: g, jobs: [((a))]}]
resources: [{name: r, type: ((b)), check_every: 1m, version: {ref: ((s:v))}, source: {x: ((v))}}]
display: {background_image: ((c))}
jobs: [{name: j-((.:v)), serial_groups: [((d))], plan: []}]
`
  expect(found(varNotResolved, yaml, { areVarsGiven: true })).toEqual([
    'var-not-resolved resources.r.version.ref',
    'warning var-not-resolved jobs.j-((.:v))',
    'warning var-not-resolved resources.r.type',
    'warning var-not-resolved groups.g.jobs[0]',
    'warning var-not-resolved display.background_image',
    'warning var-not-resolved jobs.j-((.:v)).serial_groups[0]'
  ])
  expect(found(varNotResolved, yaml)).toEqual([
    'var-not-resolved resources.r.version.ref',
    'warning var-not-resolved jobs.j-((.:v))'
  ])
})

it('tells of a var once, and where else it is', () => {
  const yaml = plan(
    '{get: a, tags: [((w.x)), ((w.y))], version: {ref: ((v))}}',
    'resources: [{name: a, type: ((w)), tags: [((w.x))]}]'
  )
  const { pipeline } = readPipeline(yaml, 'p.yml')
  const findings = checkPipeline(pipeline, { rules: [varNotResolved], areVarsGiven: true })
  expect(findings.map(({ path, message, hint }) => ({ path, message, hint }))).toEqual([
    {
      path: 'resources.a.type',
      message:
        'found ((w)), expected a value, which fly is not given: Concourse resolves no var here, ' +
        'nor at resources.a.tags[0], jobs.j.plan[0].get(a).tags[0], jobs.j.plan[0].get(a).tags[1]',
      hint: 'give it to fly: -v w=…'
    },
    {
      path: 'jobs.j.plan[0].get(a).version.ref',
      message: 'found ((v)), expected a value, which fly is not given: Concourse resolves no var here',
      hint: 'give it to fly: -v v=…'
    }
  ])
})
