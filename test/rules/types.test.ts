import { expect, it } from 'vitest'
import type { TaskConfig } from '../../src/concourse/model.ts'
import { runDoesNothing } from '../../src/rules/run-does-nothing.ts'
import { unknownPrototype } from '../../src/rules/unknown-prototype.ts'
import { unknownResourceType } from '../../src/rules/unknown-resource-type.ts'
import { unusedResourceType } from '../../src/rules/unused-resource-type.ts'
import { found, plan } from './found.ts'

const types = (list: string) => `resource_types: [${list}]`
const task = (type: string) =>
  `{task: t, config: {platform: linux, image_resource: {type: ${type}, source: {}}, run: {path: a}}}`

it('finds types that are neither brought along nor declared', () => {
  const yaml = plan(
    `${task('a')}, ${task('x')}`,
    types(
      '{name: a, type: registry-image}, {name: b, type: a}, {name: c, type: z}, {name: git, type: git}, {name: d, type: d}'
    ),
    'resources: [{name: r, type: b}, {name: s, type: gti}, {name: t, type: ((type))}, {name: u, type: git}]'
  )
  expect(found(unknownResourceType, yaml)).toEqual([
    'warning unknown-resource-type resources.s.type',
    'warning unknown-resource-type resource_types.c.type',
    'warning unknown-resource-type resource_types.d.type',
    'warning unknown-resource-type jobs.j.plan[1].task(t).config.image_resource.type'
  ])
})

it('says nothing of types where fly may still name one', () => {
  const yaml = plan('', types('{name: ((t)), type: git}'), 'resources: [{name: r, type: x}]')
  expect(found(unknownResourceType, yaml)).toEqual([])
})

it('knows what older releases brought along', () => {
  const yaml = plan('', 'resources: [{name: r, type: cf}]')
  expect(found(unknownResourceType, yaml)).toHaveLength(1)
  expect(found(unknownResourceType, yaml, { target: '7.4' })).toEqual([])
})

it('finds types that nothing is of', () => {
  const yaml = plan(
    task('c'),
    types(
      '{name: a, type: b}, {name: b, type: git}, {name: c, type: git}, {name: d, type: d}, {name: e, type: git}'
    ),
    'resources: [{name: r, type: a}]'
  )
  expect(found(unusedResourceType, yaml)).toEqual([
    'warning unused-resource-type resource_types.d',
    'warning unused-resource-type resource_types.e'
  ])
})

it('says nothing of them where a task file is not at hand', () => {
  const yaml = plan('{task: t, file: r/t.yml}', types('{name: a, type: git}'))
  const config: TaskConfig = {
    platform: 'linux',
    image_resource: { type: 'a', source: {} },
    run: { path: 'a' }
  }
  expect(found(unusedResourceType, yaml)).toEqual([])
  expect(found(unusedResourceType, yaml, { taskFile: () => config })).toEqual([])
  expect(found(unusedResourceType, yaml, { taskFile: () => ({ platform: 'linux' }) })).toHaveLength(1)
})

it('finds prototypes that are not there, and that none does anything', () => {
  const yaml = plan(
    '{run: m, type: p}, {run: m, type: q}, {run: m, type: ((t))}',
    'prototypes: [{name: p, type: git}]'
  )
  expect(found(unknownPrototype, yaml)).toEqual(['unknown-prototype jobs.j.plan[1].run(q.m).type'])
  expect(found(runDoesNothing, yaml)).toHaveLength(3)
})
