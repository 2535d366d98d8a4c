import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Job, Step } from '../../src/concourse/model.ts'
import { artifactFlow } from '../../src/rules/artifact-flow.ts'
import { subjectOf } from '../../src/rules/subject.ts'
import { hooks, plans, buildsOf } from './plans.ts'

function flowOf(plan: readonly Step[]) {
  const job: Job = { name: 'j', plan }
  const subject = subjectOf({ resources: [], jobs: [job] })
  const [jobSubject] = subject.jobs
  if (jobSubject === undefined) throw new Error('no job')
  return artifactFlow(jobSubject, subject)
}

/** Steps that lack an artifact, by name and artifact. */
function missingIn(plan: readonly Step[]): readonly string[] {
  return flowOf(plan).missing.map(({ node, artifact }) => `${nameOf(node.step)} ${artifact}`)
}

function nameOf(step: Step): string {
  return 'name' in step ? step.name : step.kind
}

it.each<[string, (plan: readonly Step[]) => Step]>([
  ['do', steps => ({ kind: 'do', steps })],
  ['try', steps => ({ kind: 'try', step: { kind: 'do', steps } })],
  ['attempts', steps => ({ kind: 'attempts', attempts: 3, step: { kind: 'do', steps } })]
])('finds the same within %s', (_, nest) => {
  fc.assert(
    fc.property(plans(), plan => {
      expect(missingIn([nest(plan)])).toEqual(missingIn(plan))
    })
  )
})

/** The same plan with every do made parallel. */
function parallel(step: Step): Step {
  if (step.kind === 'do') return { kind: 'in_parallel', steps: step.steps.map(parallel) }
  if (step.kind === 'in_parallel') return { ...step, steps: step.steps.map(parallel) }
  if ('hook' in step) return { ...step, step: parallel(step.step), hook: parallel(step.hook) }
  return 'step' in step ? { ...step, step: parallel(step.step) } : step
}

it('misses no more when steps run at the same time: it finds races instead', () => {
  fc.assert(
    fc.property(plans(), plan => {
      const whole: Step = { kind: 'do', steps: plan }
      const before = missingIn([whole])
      expect(missingIn([parallel(whole)]).filter(one => !before.includes(one))).toEqual([])
    })
  )
})

it('misses nothing that is there in any build', () => {
  fc.assert(
    fc.property(plans(hooks), plan => {
      const { met } = buildsOf(plan)
      expect(missingIn(plan).filter(one => met.has(one))).toEqual([])
    }),
    { numRuns: 300 }
  )
})

it('misses all that is there in no build, where every step may succeed or fail', () => {
  fc.assert(
    fc.property(plans(['on_success', 'on_failure', 'ensure'], { tries: false }), plan => {
      const { met, reached } = buildsOf(plan, ['succeeded', 'failed'])
      const missing = missingIn(plan)
      expect([...reached].filter(need => !met.has(need) && !missing.includes(need))).toEqual([])
    }),
    { numRuns: 300 }
  )
})
