import { expect, it } from 'vitest'
import { invalidGroupGlob } from '../../src/rules/invalid-group-glob.ts'
import { ungroupedJob } from '../../src/rules/ungrouped-job.ts'
import { unknownGroupJob } from '../../src/rules/unknown-group-job.ts'
import { unknownGroupResource } from '../../src/rules/unknown-group-resource.ts'
import { found } from './found.ts'

const rules = [invalidGroupGlob, ungroupedJob, unknownGroupJob, unknownGroupResource]
const jobs = 'jobs: [{name: unit-1, plan: []}, {name: unit-2, plan: []}, {name: ship, plan: []}]\n'

function foundIn(groups: string, rest = jobs): readonly string[] {
  return rules.flatMap(rule => found(rule, `groups: [${groups}]\n${rest}`))
}

it.each([
  '{name: g, jobs: [unit-1, unit-2, ship]}',
  '{name: g, jobs: ["unit-*"]}, {name: h, jobs: [ship]}',
  '{name: g, jobs: ["{unit-?,ship}"]}',
  '{name: g, jobs: ["((jobs))"]}',
  '{name: g, jobs: [unit-1, unit-1, "*"]}'
])('takes %s', groups => {
  expect(foundIn(groups)).toEqual([])
})

it('takes a pipeline without groups', () => {
  expect(foundIn('')).toEqual([])
})

it('finds what matches no job, and jobs that nothing matches', () => {
  expect(foundIn('{name: g, jobs: [unit-1, unit, "x*"]}, {name: h}')).toEqual([
    'ungrouped-job jobs.unit-2',
    'ungrouped-job jobs.ship',
    'unknown-group-job groups.g.jobs[1]',
    'unknown-group-job groups.g.jobs[2]'
  ])
})

it('finds globs that can not be read, and says no more of them', () => {
  expect(foundIn('{name: g, jobs: ["*", "unit-[12", "[((x))"]}')).toEqual([
    'invalid-group-glob groups.g.jobs[1]'
  ])
})

it('finds resources that are not there, which are never globs', () => {
  const rest = 'resources: [{name: repo, type: git}]\njobs: [{name: a, plan: []}]\n'
  expect(foundIn('{name: g, jobs: [a], resources: [repo, re*, rep, ((x))]}', rest)).toEqual([
    'unknown-group-resource groups.g.resources[1]',
    'unknown-group-resource groups.g.resources[2]'
  ])
})

it('says nothing of names that fly may still make', () => {
  const rest = 'resources: [{name: ((r)), type: git}]\njobs: [{name: ((env))-unit, plan: []}]\n'
  expect(foundIn('{name: g, jobs: [lab-unit], resources: [repo]}', rest)).toEqual([])
})
