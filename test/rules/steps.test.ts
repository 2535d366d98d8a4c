import { expect, it } from 'vitest'
import type { TaskConfig } from '../../src/concourse/model.ts'
import { invalidAttempts } from '../../src/rules/invalid-attempts.ts'
import { invalidDuration } from '../../src/rules/invalid-duration.ts'
import { repeatedGet } from '../../src/rules/repeated-get.ts'
import { taskSource } from '../../src/rules/task-source.ts'
import { unknownMapping } from '../../src/rules/unknown-mapping.ts'
import { found, plan } from './found.ts'

it('finds lengths of time that Go can not read', () => {
  const yaml = plan(
    '{get: a, timeout: banana}, {put: b, timeout: 1h30m}, {task: c, file: d/e, timeout: "90"}, {do: [], timeout: 1d}, {try: {get: f}, timeout: ((.:t))}',
    'resource_types: [{name: t, type: a, check_every: "1"}]',
    'resources: [{name: a, type: t, check_every: never, check_timeout: x}, {name: b, type: t, check_every: 1w}]'
  )
  expect(found(invalidDuration, yaml)).toEqual([
    'invalid-duration resource_types.t.check_every',
    'invalid-duration resources.a.check_timeout',
    'invalid-duration resources.b.check_every',
    'invalid-duration jobs.j.plan[0].get(a).timeout',
    'invalid-duration jobs.j.plan[2].task(c).timeout',
    'invalid-duration jobs.j.plan[3].timeout'
  ])
})

it('warns of lengths of time that fly refuses without a value', () => {
  const yaml = plan(
    '{get: a, timeout: ((t))}, {do: [], timeout: ((t))m}, {try: {get: b}, timeout: ((.:t))}',
    'resources: [{name: a, type: t, check_every: ((every.a)), check_timeout: ((t))}, {name: b, type: t}]'
  )
  expect(found(invalidDuration, yaml)).toEqual([
    'warning invalid-duration resources.a.check_every',
    'warning invalid-duration jobs.j.plan[1].timeout'
  ])
})

it('finds fewer than one try', () => {
  const yaml = plan('{get: a, attempts: 0}, {get: b, attempts: 1}, {get: c, attempts: -1}')
  expect(found(invalidAttempts, yaml)).toEqual([
    'invalid-attempts jobs.j.plan[0].attempts',
    'invalid-attempts jobs.j.plan[2].attempts'
  ])
})

it('finds two gets of one name in a job, hooks included', () => {
  const yaml = `jobs:
- {name: a, plan: [{get: r}, {in_parallel: [{get: s}, {get: r}]}], ensure: {get: s}}
- {name: b, plan: [{get: r}, {put: r}]}
`
  expect(found(repeatedGet, yaml)).toEqual([
    'repeated-get jobs.a.plan[1].in_parallel.steps[1].get(r)',
    'repeated-get jobs.a.ensure.get(s)'
  ])
})

it('finds tasks without a config, with two, and with a file outside of artifacts', () => {
  const config = 'config: {platform: linux, run: {path: a}}'
  const yaml = plan(
    `{task: a}, {task: b, file: x/y}, {task: c, ${config}}, {task: d, file: x/y, ${config}}, {task: e, file: y.yml}, {task: f, file: /y}`
  )
  expect(found(taskSource, yaml)).toEqual([
    'task-source jobs.j.plan[0].task(a)',
    'task-source jobs.j.plan[3].task(d)',
    'task-source jobs.j.plan[4].task(e).file',
    'task-source jobs.j.plan[5].task(f).file'
  ])
})

it('finds mappings of inputs and outputs that the task does not have', () => {
  const config: TaskConfig = {
    platform: 'linux',
    inputs: [{ name: 'in' }],
    outputs: [{ name: 'out' }],
    run: { path: 'a' }
  }
  const yaml = plan(
    '{task: a, file: r/known.yml, input_mapping: {in: x, inn: z}, output_mapping: {out: z, in: w}}, {task: b, file: r/other.yml, input_mapping: {any: x}}'
  )
  const taskFile = (file: string) => (file === 'r/known.yml' ? config : undefined)
  expect(found(unknownMapping, yaml, { taskFile })).toEqual([
    'warning unknown-mapping jobs.j.plan[0].task(a).input_mapping.inn',
    'warning unknown-mapping jobs.j.plan[0].task(a).output_mapping.in'
  ])
})
