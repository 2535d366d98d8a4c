import { expect, it } from 'vitest'
import { passedWithoutResource } from '../../src/rules/passed-without-resource.ts'
import { unknownJob } from '../../src/rules/unknown-job.ts'
import { found } from './found.ts'

const foundIn = (yaml: string) => [...found(unknownJob, yaml), ...found(passedWithoutResource, yaml)]

function pipeline(names: string): string {
  return `resources: [{name: repo, type: git}, {name: other, type: git}]
jobs:
- {name: unit-1, plan: [{get: source, resource: repo}]}
- {name: unit-2, plan: [{get: other}], on_failure: {put: repo}}
- {name: lint, plan: [{get: other}]}
- {name: ship, plan: [{get: repo, passed: [${names}]}]}
`
}

it.each(['unit-1', 'unit-2', '"unit-*"', '"unit-[0-9]"', '"un?t-1"', '"unit-[^a-z]"', '"u\\\\nit-1"'])(
  'takes %s',
  name => {
    expect(foundIn(pipeline(name))).toEqual([])
  }
)

it.each(['unit', '"nit-*"', '"unit-[3-9]"', '"unit-[^0-9]"', '"[unit"', '"unit-\\\\"', '"unit.1"'])(
  'finds no job by %s',
  name => {
    expect(foundIn(pipeline(name))).toEqual(['unknown-job jobs.ship.plan[0].get(repo).passed[0]'])
  }
)

it('finds jobs that do not use the resource', () => {
  expect(foundIn(pipeline('unit-1, lint, "*"'))).toEqual([
    'passed-without-resource jobs.ship.plan[0].get(repo).passed[1]',
    'passed-without-resource jobs.ship.plan[0].get(repo).passed[2]'
  ])
})

it('says nothing of names that fly may still make', () => {
  const yaml = `resources: [{name: repo, type: git}]
jobs:
- {name: ((env))-unit, plan: [{get: ((r))}]}
- {name: ship, plan: [{get: repo, passed: [lab-unit, ((job)), ((env))-unit]}]}
`
  expect(foundIn(yaml)).toEqual([])
})
