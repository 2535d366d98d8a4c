import { expect, it } from 'vitest'
import { duplicateName } from '../../src/rules/duplicate-name.ts'
import { found } from './found.ts'

it('finds two of one name in a section', () => {
  const yaml = `groups: [{name: a}, {name: a}]
resource_types: [{name: a, type: b}, {name: b, type: b}, {name: a, type: b}]
resources: [{name: a, type: b}, {name: a, type: b}]
jobs: [{name: a, plan: []}, {name: b, plan: []}, {name: a, plan: []}, {name: a, plan: []}]
`
  expect(found(duplicateName, yaml)).toEqual([
    'duplicate-name groups[1]',
    'duplicate-name resource_types[2]',
    'duplicate-name resources[1]',
    'duplicate-name jobs[2]',
    'duplicate-name jobs[3]'
  ])
})

it('takes the same name in two sections', () => {
  expect(found(duplicateName, 'resources: [{name: a, type: b}]\njobs: [{name: a, plan: []}]\n')).toEqual([])
})
