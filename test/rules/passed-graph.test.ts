import { expect, it } from 'vitest'
import { readPipeline } from '../../src/concourse/read.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { longPassedChain } from '../../src/rules/long-passed-chain.ts'
import { passedCycle } from '../../src/rules/passed-cycle.ts'
import { triggerWithoutPassed } from '../../src/rules/trigger-without-passed.ts'
import { found } from './found.ts'

/** Jobs by name, each with the jobs whose versions it takes. */
function jobs(passed: Readonly<Record<string, string>>): string {
  const lines = Object.entries(passed).map(
    ([name, names]) => `- {name: ${name}, plan: [{do: [{get: r, passed: [${names}]}]}]}`
  )
  return `resources: [{name: r, type: git}]\njobs:\n${lines.join('\n')}\n`
}

function cyclesIn(passed: Readonly<Record<string, string>>): readonly string[] {
  return checkPipeline(readPipeline(jobs(passed), 'p.yml').pipeline, { rules: [passedCycle] }).map(
    ({ path, message }) => `${path.split('.')[1] ?? ''}: ${/cycle (.*), expected/.exec(message)?.[1] ?? ''}`
  )
}

it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['no cycle', { a: '', b: 'a', c: 'a, b', d: 'b, c' }, []],
  ['a job that is not there', { a: 'x', b: 'a' }, []],
  ['one job', { a: '', b: 'b' }, ['b: b → b']],
  ['two jobs', { a: 'b', b: 'a' }, ['a: a → b → a']],
  ['three, named from below', { a: 'c', b: 'a', c: 'b' }, ['a: a → b → c → a']],
  ['two cycles of one job', { a: 'b, c', b: 'a', c: 'a' }, ['a: a → b → a', 'a: a → c → a']],
  ['two apart', { a: 'b', b: 'a', c: 'd', d: 'c' }, ['a: a → b → a', 'c: c → d → c']],
  ['by a glob', { 'a-1': '"b-*"', 'b-1': 'a-1', 'b-2': '' }, ['a-1: a-1 → b-1 → a-1']],
  ['a glob that matches the job itself', { a: '"*"' }, ['a: a → a']],
  ['only what a glob does not match', { a: '"b*"', c: 'a' }, []]
])('finds cycles: %s', (_, passed, cycles) => {
  expect(cyclesIn(passed)).toEqual(cycles)
})

it('names no more jobs of a cycle than a person reads', () => {
  const names = Array.from({ length: 30 }, (_, index) => `j${index}`)
  const [cycle] = cyclesIn(Object.fromEntries(names.map((name, index) => [name, names.at(index - 1) ?? ''])))
  expect(cycle).toMatch(/^j0: j0 → j1 → .* → j11 → … 18 more … → j0$/)
})

/** A chain of jobs, each after the one before it. */
function chain(length: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [`j${index}`, index === 0 ? '' : `j${index - 1}`])
  )
}

it('warns of a chain that takes fly many seconds, at its first job', () => {
  expect(found(longPassedChain, jobs(chain(600)))).toEqual([])
  expect(found(longPassedChain, jobs({ z: '', ...chain(601) }))).toEqual([
    'warning long-passed-chain jobs.j0'
  ])
})

it('follows 5,000 jobs in a chain, and as many globs of all of them', () => {
  expect(found(passedCycle, jobs(chain(5000)))).toEqual([])
  const all = Array.from({ length: 5000 }, (_, index) => [`j${index}`, '"j*"'])
  // Of one kind a thousand are told.
  expect(found(passedCycle, jobs(Object.fromEntries(all) as Record<string, string>))).toHaveLength(1000)
})

const skewed = (upstream: string, downstream: string, type = 'git') => `resources:
- {name: repo, type: ${type}}
- {name: image, type: registry-image}
jobs:
- {name: build, plan: [${upstream}, {put: image}]}
- {name: test, plan: [{get: image, passed: [build]}]}
- {name: ship, plan: [{get: image, passed: [test]}, {try: ${downstream}}]}
`

it.each([
  ['passed', '{get: repo}', '{get: repo, passed: [build], trigger: true}'],
  ['no trigger', '{get: repo}', '{get: repo}'],
  ['a resource that no job before gets', '{put: repo}', '{get: repo, trigger: true}']
])('takes %s', (_, upstream, downstream) => {
  expect(found(triggerWithoutPassed, skewed(upstream, downstream))).toEqual([])
})

it('takes what the clock starts', () => {
  expect(found(triggerWithoutPassed, skewed('{get: repo}', '{get: repo, trigger: true}', 'time'))).toEqual([])
})

it('warns of a trigger past the jobs before it', () => {
  const yaml = skewed('{get: source, resource: repo}', '{get: again, resource: repo, trigger: true}')
  expect(found(triggerWithoutPassed, yaml)).toEqual([
    'warning trigger-without-passed jobs.ship.plan[1].try.get(again).trigger'
  ])
})
