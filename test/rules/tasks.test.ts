import { expect, it } from 'vitest'
import type { TaskConfig } from '../../src/concourse/model.ts'
import { hermeticRuntime } from '../../src/rules/hermetic-runtime.ts'
import { hookOfTry } from '../../src/rules/hook-of-try.ts'
import { imageTwice } from '../../src/rules/image-twice.ts'
import { invalidCacheTtl } from '../../src/rules/invalid-cache-ttl.ts'
import { outputClash } from '../../src/rules/output-clash.ts'
import { undeclaredParam } from '../../src/rules/undeclared-param.ts'
import { unreadPut } from '../../src/rules/unread-put.ts'
import { found, plan } from './found.ts'

const config = (more: string) => `config: {platform: linux, run: {path: a}, ${more}}`
const makes = (name: string, ...outputs: readonly string[]) =>
  `{task: ${name}, ${config(`outputs: [${outputs.join(', ')}]`)}}`

it.each<[string, string]>([
  ['different outputs', `{in_parallel: [${makes('s', '{name: a}')}, ${makes('t', '{name: b}')}]}`],
  ['one after the other', `${makes('s', '{name: a}')}, ${makes('t', '{name: a}')}`],
  [
    'one at a time',
    `{in_parallel: {limit: 1, steps: [${makes('s', '{name: a}')}, ${makes('t', '{name: a}')}]}}`
  ],
  [
    'each in its across',
    `{in_parallel: [{do: [${makes('s', '{name: a}')}], across: [{var: v, values: [1]}]}, ${makes('t', '{name: a}')}]}`
  ],
  ['two gets of a put', '{in_parallel: [{put: a}, {put: a}]}'],
  [
    'folders beside each other',
    makes('t', '{name: a}', '{name: ab}', '{name: b, path: x/a}', '{name: c, path: x/ab}')
  ]
])('takes outputs that are %s', (_, steps) => {
  expect(found(outputClash, plan(steps))).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  [
    'made at the same time',
    `{in_parallel: [${makes('s', '{name: a}')}, {do: [{try: ${makes('t', '{name: a}')}}]}, ${makes('u', '{name: a}')}]}`,
    ['steps[1].do[0].try.task(t)', 'steps[2].task(u)'].map(
      place => `warning output-clash jobs.j.plan[0].in_parallel.${place}`
    )
  ],
  [
    'fetched at the same time',
    `{in_parallel: [{get: a}, ${makes('t', '{name: a}')}]}`,
    ['warning output-clash jobs.j.plan[0].in_parallel.steps[1].task(t)']
  ],
  [
    'in one folder',
    makes('t', '{name: a, path: x}', '{name: b, path: ./x/}'),
    ['warning output-clash jobs.j.plan[0].task(t).config']
  ],
  [
    'one in the other',
    makes('t', '{name: a, path: b/c}', '{name: b}'),
    ['warning output-clash jobs.j.plan[0].task(t).config']
  ],
  [
    'in the working directory',
    makes('t', '{name: a}', '{name: all, path: .}'),
    ['warning output-clash jobs.j.plan[0].task(t).config']
  ]
])('finds outputs that are %s', (_, steps, findings) => {
  expect(found(outputClash, plan(steps))).toEqual(findings)
})

const reads = (name: string) => `{task: t, ${config(`inputs: [{name: ${name}}]`)}}`

it.each<[string, string]>([
  ['a task', `{put: a}, ${reads('a')}`],
  ['an optional input', `{put: a}, {task: t, ${config('inputs: [{name: a, optional: true}]')}}`],
  ['a task file that is not at hand', '{put: a}, {task: t, file: b/c}'],
  ['the file of a step', '{put: a}, {load_var: v, file: a/version}'],
  ['a put that lists it', '{put: a}, {put: b, no_get: true, inputs: [a]}'],
  ['a put that takes all', '{put: a}, {put: b, no_get: true, inputs: all}'],
  ['a put that looks for it', '{put: a}, {put: b, no_get: true, params: {x: [./a/b]}}'],
  ['a var of its metadata', '{put: a}, {put: b, no_get: true, params: {x: ((.:a.url))}}'],
  ['a hook', `{put: a, on_success: ${reads('a')}}`]
])('takes a put that is read by %s', (_, steps) => {
  expect(found(unreadPut, plan(steps))).toEqual([])
})

it('finds puts whose get nobody reads, since there is no_get', () => {
  const yaml = plan(
    `{task: s, file: b/c}, {put: a}, {put: b, on_failure: ${reads('b')}}, {put: c, no_get: true}`
  )
  expect(found(unreadPut, yaml)).toEqual([
    'warning unread-put jobs.j.plan[1].put(a)',
    'warning unread-put jobs.j.plan[2].put(b)'
  ])
  expect(found(unreadPut, yaml, { target: '7.8' })).toEqual([])
})

it('finds params that the task file does not declare', () => {
  const task: TaskConfig = { platform: 'linux', params: { A: null, B: 'b' } }
  const taskFile = (file: string) => (file === 'r/known.yml' ? task : undefined)
  const yaml = plan(
    `{task: s, file: r/known.yml, params: {A: a, C: c}}, {task: t, file: r/other.yml, params: {C: c}}, {task: u, params: {C: c}, ${config('params: {}')}}`
  )
  expect(found(undeclaredParam, yaml, { taskFile })).toEqual([
    'warning undeclared-param jobs.j.plan[0].task(s).params.C'
  ])
})

it('finds images twice', () => {
  const yaml = plan(
    `{task: s, image: a, ${config('image_resource: {type: b}')}}, {task: t, image: a, ${config('rootfs_uri: b')}}, {task: u, image: a, file: a/b}, {task: v, ${config('rootfs_uri: b')}}`
  )
  expect(found(imageTwice, yaml)).toEqual([
    'warning image-twice jobs.j.plan[0].task(s).config.image_resource',
    'warning image-twice jobs.j.plan[1].task(t).config.rootfs_uri'
  ])
})

it('finds tasks that are to be cut off the network', () => {
  const yaml = plan('{task: s, hermetic: true, file: a/b}, {task: t, hermetic: false, file: a/b}')
  expect(found(hermeticRuntime, yaml)).toEqual(['warning hermetic-runtime jobs.j.plan[0].task(s).hermetic'])
})

it('finds how long caches can not be kept', () => {
  const caches = ['1s', '168h', '999ms', '7d', '0', '((ttl))', '-1h'].map(ttl => `{path: a, ttl: '${ttl}'}`)
  const yaml = plan(`{task: t, ${config(`caches: [{path: b}, ${caches.join(', ')}]`)}}`)
  expect(found(invalidCacheTtl, yaml)).toEqual(
    [3, 4, 5, 6, 7].map(
      index =>
        `${index === 6 ? 'warning ' : ''}invalid-cache-ttl jobs.j.plan[0].task(t).config.caches[${index}].ttl`
    )
  )
})

it('finds hooks of a try that never run', () => {
  const yaml = plan(
    '{try: {get: a}, on_failure: {get: b}, on_error: {get: c}, on_abort: {get: d}, ensure: {get: e}}, ' +
      '{try: {get: f}, attempts: 2, timeout: 1h, on_failure: {get: g}}, ' +
      '{try: {get: h}, on_success: {get: i}, on_failure: {get: k}}, ' +
      '{try: {get: l, on_failure: {get: m}}}, {do: [{try: {get: x}}], on_failure: {get: o}}'
  )
  expect(found(hookOfTry, yaml)).toEqual([
    'warning hook-of-try jobs.j.plan[0].on_error',
    'warning hook-of-try jobs.j.plan[0].on_failure',
    'warning hook-of-try jobs.j.plan[1].on_failure'
  ])
})
