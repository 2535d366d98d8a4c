import fc from 'fast-check'
import { expect, it } from 'vitest'
import { viewOf } from '../../src/report/run-view.ts'
import { timingOf } from '../../src/report/timing.ts'
import { anyEvents } from './events.ts'
import { sampleRun, Script } from './sample-run.ts'

it('takes the longer branch, and the steps before and after', () => {
  const { criticalPath, criticalMillis, wallMillis } = timingOf(viewOf(sampleRun().events()))
  expect(criticalPath.map(({ name, attempt = 1 }) => `${name} ${attempt}`)).toEqual([
    'causeway 1',
    'claim-environment 1',
    'destroy-infrastructure 1',
    'pave-infrastructure 1',
    'pave-infrastructure 2',
    'deploy-cf 1',
    'deploy-cfcr 1',
    'test-connectivity 1',
    'release-environment 1'
  ])
  expect(wallMillis).toBe(58_150)
  expect(criticalMillis).toBe(58_070)
})

it('goes through the several steps of a branch', () => {
  const script = new Script()
  const parallel = script.step('in_parallel', 'in_parallel', 0, 100)
  script.step('task', 'short', 0, 40, { parent: parallel })
  const branch = script.step('do', 'do', 0, 100, { parent: parallel })
  script.step('task', 'first', 0, 60, { parent: branch })
  script.step('task', 'second', 60, 100, { parent: branch })
  expect(timingOf(viewOf(script.events())).criticalPath.map(({ name }) => name)).toEqual(['first', 'second'])
})

/** A plan of nested sequences and branches, told by its durations. */
type Plan = number | { readonly all: Plan[] } | { readonly one: Plan[] }
const { plan } = fc.letrec<{ plan: Plan }>(tie => ({
  plan: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: 20, max: 1000 }),
    fc.record({ all: fc.array(tie('plan'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ one: fc.array(tie('plan'), { minLength: 1, maxLength: 4 }) })
  )
}))

it('is exactly as long as a run without idle time', () => {
  fc.assert(
    fc.property(plan, tree => {
      const script = new Script()
      const end = play(script, tree, 0)
      const timing = timingOf(viewOf(script.events()))
      expect(timing.criticalMillis).toBe(end)
    })
  )
})

function lengthOf(tree: Plan): number {
  if (typeof tree === 'number') return tree
  if ('all' in tree) return Math.max(...tree.all.map(lengthOf))
  return tree.one.reduce<number>((sum, inner) => sum + lengthOf(inner), 0)
}

function play(script: Script, tree: Plan, from: number, parent?: number): number {
  const to = from + lengthOf(tree)
  const inside = parent === undefined ? {} : { parent }
  if (typeof tree === 'number') {
    script.step('task', 'x', from, to, inside)
  } else if ('all' in tree) {
    const step = script.step('in_parallel', 'in_parallel', from, to, inside)
    for (const branch of tree.all) play(script, branch, from, step)
  } else {
    const step = script.step('do', 'do', from, to, inside)
    let at = from
    for (const inner of tree.one) at = play(script, inner, at, step)
  }
  return to
}

it('no events make it throw', () => {
  fc.assert(
    fc.property(anyEvents, events => {
      const { wallMillis, criticalMillis } = timingOf(viewOf(events))
      expect(wallMillis).toBeGreaterThanOrEqual(0)
      expect(criticalMillis).toBeGreaterThanOrEqual(0)
    })
  )
})
