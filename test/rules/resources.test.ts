import { expect, it } from 'vitest'
import { unknownResource } from '../../src/rules/unknown-resource.ts'
import { unusedResource } from '../../src/rules/unused-resource.ts'
import { found, plan } from './found.ts'

const resources = 'resources: [{name: repo, type: git}, {name: lock, type: pool}]'

it('finds gets and puts of resources that are not there', () => {
  const yaml = plan(
    '{get: repo}, {get: repos}, {get: a, resource: rep}, {try: {put: repo, resource: none}}, {put: l, resource: lock}',
    resources
  )
  expect(found(unknownResource, yaml)).toEqual([
    'unknown-resource jobs.j.plan[1].get(repos)',
    'unknown-resource jobs.j.plan[2].get(a).resource',
    'unknown-resource jobs.j.plan[3].try.put(repo).resource'
  ])
})

it('finds resources that no step uses, hooks included', () => {
  expect(found(unusedResource, plan('{get: lock, resource: repo}', resources))).toEqual([
    'unused-resource resources.lock'
  ])
  expect(found(unusedResource, plan('{get: repo, ensure: {do: [{put: lock}]}}', resources))).toEqual([])
})

it('warns of a name with a var that fly refuses without a value', () => {
  const yaml = plan(
    '{get: ((r))}, {get: a-((.:b))-((c)), resource: pr-((c))}, {put: ((e))-repo}, {put: ((.:x))}',
    'resources: [{name: r, type: git}, {name: pr-((d)), type: git}, {name: ((e))-repo, type: git}]'
  )
  expect(found(unknownResource, yaml)).toEqual([
    'warning unknown-resource jobs.j.plan[0].get(((r)))',
    'warning unknown-resource jobs.j.plan[1].get(a-((.:b))-((c))).resource',
    // fly gives no value to a local var.
    'unknown-resource jobs.j.plan[3].put(((.:x)))'
  ])
})

it('says nothing of names that fly may still make', () => {
  const step = '{get: ((env))-repo}, {get: lab-repo}, {put: repo}'
  const yaml = plan(
    step,
    'resources: [{name: repo, type: git}, {name: ((env))-repo, type: git}, {name: x, type: git}]'
  )
  expect(found(unknownResource, yaml)).toEqual([])
  expect(found(unusedResource, yaml)).toEqual([])
})
