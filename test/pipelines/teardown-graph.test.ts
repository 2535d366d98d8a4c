import { describe, expect, it } from 'vitest'
import type { Step } from '../../src/concourse/model.ts'
import { stepsOf } from '../../src/concourse/step-tree.ts'
import { pipelines } from './load.ts'

const all = await pipelines()

function inside(step: Step): string[] {
  return [...stepsOf({ resources: [], jobs: [{ name: 'x', plan: [step] }] })].flatMap(({ step: each }) =>
    each.kind === 'task' ? [each.name] : []
  )
}

/** Steps of a job in which a failure ends what follows: all that is not tried. */
function heldBack(job: { plan: readonly Step[] }): Step[] {
  return job.plan.flatMap(step => {
    let inner = step
    while ('step' in inner && inner.kind !== 'try') inner = inner.step
    return inner.kind === 'do' ? inner.steps : [inner]
  })
}

const stages = [
  'revive-director',
  'delete-kubernetes-objects',
  'delete-deployments',
  'destroy-infrastructure',
  'sweep-leftovers'
]

describe.each(all.filter(({ name }) => ['teardown', 'repave'].includes(name)))(
  '$environment/$name',
  ({ pipeline }) => {
    const [job] = pipeline.jobs
    const steps = job === undefined ? [] : heldBack(job)
    const place = (name: string): number => steps.findIndex(step => inside(step).includes(name))

    it('guards before it claims, and claims before it destroys', () => {
      const [guard, claim] = [place('guard-teardown'), place('claim-environment')]
      expect(guard).toBeGreaterThan(-1)
      expect(guard).toBeLessThan(claim)
      expect(claim).toBeLessThan(place(stages[0] ?? ''))
    })

    it('tries each stage whatever became of the one before, and proves in the end', () => {
      for (const stage of stages) expect(steps[place(stage)]?.kind, stage).toBe('try')
      const places = [...stages, 'prove-empty'].map(place)
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(steps[place('prove-empty')]?.kind).toBe('task')
    })
  }
)
