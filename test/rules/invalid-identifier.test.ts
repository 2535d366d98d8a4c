import { expect, it } from 'vitest'
import { invalidIdentifier } from '../../src/rules/invalid-identifier.ts'
import { found } from './found.ts'

const job = (name: string) => found(invalidIdentifier, `jobs: [{name: ${JSON.stringify(name)}, plan: []}]\n`)

it.each(['a', 'deploy-cf', 'cf_2.0', '1st', 'größe', '名前', '((env))-deploy'])('takes %s', name => {
  expect(job(name)).toEqual([])
})

it.each(['Deploy', '-a', '_a', '.a', '42', 'a b', 'a/b', 'aB'])('warns of %s', name => {
  expect(job(name)).toEqual([`warning invalid-identifier jobs.${name}`])
})

it('refuses no name at all', () => {
  expect(job('')).toEqual(['invalid-identifier jobs.'])
})

it('looks at all that has a name', () => {
  const yaml = `groups: [{name: G}]
resource_types: [{name: T, type: a}]
resources: [{name: R, type: a}]
jobs: [{name: j, plan: [{get: A}, {try: {put: B}}], ensure: {task: C, file: a/b}}]
`
  expect(found(invalidIdentifier, yaml)).toEqual([
    'warning invalid-identifier groups.G',
    'warning invalid-identifier resource_types.T',
    'warning invalid-identifier resources.R',
    'warning invalid-identifier jobs.j.plan[0].get(A)',
    'warning invalid-identifier jobs.j.plan[1].try.put(B)',
    'warning invalid-identifier jobs.j.ensure.task(C)'
  ])
})

it('lets a task or set_pipeline within across have any name but none', () => {
  const across = 'across: [{var: x, values: [1]}]'
  const task = (name: string) => `{task: "${name}", file: a/b, attempts: 2, ${across}}`
  const steps = [
    task('A b'),
    task(''),
    `{get: G, ${across}}`,
    `{do: [${task('C').replace(`, ${across}`, '')}], ${across}}`
  ]
  expect(found(invalidIdentifier, `jobs: [{name: j, plan: [${steps.join(', ')}]}]\n`)).toEqual([
    'invalid-identifier jobs.j.plan[1].across.task()',
    'warning invalid-identifier jobs.j.plan[2].across.get(G)',
    'warning invalid-identifier jobs.j.plan[3].across.do[0].task(C)'
  ])
})
