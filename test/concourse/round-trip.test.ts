import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Pipeline, Step } from '../../src/concourse/model.ts'
import { readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { stepsOf } from '../../src/concourse/step-tree.ts'
import { childrenOf } from '../../src/concourse/walk.ts'
import { pipeline, step, wildStep } from './pipelines.ts'

const render = (value: Pipeline) => renderPipeline(value, { source: 'pipelines/p.ts' })
const reread = (value: Pipeline) => readPipeline(render(value), 'p.yml')
const withPlan = (...plan: readonly Step[]): Pipeline => ({ resources: [], jobs: [{ name: 'j', plan }] })

it('reads what it has rendered, and warns of nothing', () => {
  fc.assert(
    fc.property(pipeline, value => {
      const { pipeline: read, warnings } = reread(value)
      expect(read).toEqual(value)
      expect(warnings.filter(({ code }) => code !== 'deprecated-key')).toEqual([])
    }),
    { numRuns: 300 }
  )
})

it('renders the same bytes from what it has read', () => {
  fc.assert(
    fc.property(pipeline, value => {
      expect(render(reread(value).pipeline)).toBe(render(value))
    }),
    { numRuns: 50 }
  )
})

it('keeps the nesting of modifiers, whatever it is, but for a do in between', () => {
  fc.assert(
    fc.property(wildStep, value => {
      expect(reread(withPlan(value)).pipeline.jobs[0]?.plan.map(withoutDo)).toEqual([value])
    }),
    { numRuns: 300 }
  )
})

/** Takes out each do of one step; the generated ones have none. */
function withoutDo(value: Step): Step {
  if (value.kind === 'do')
    return value.steps.length === 1 && value.steps[0] ? withoutDo(value.steps[0]) : value
  return 'step' in value ? { ...value, step: withoutDo(value.step) } : value
}

it('walks over each step once, and knows where each stands in the text', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3 }), plan => {
      const { pipeline: read, positionOf } = reread(withPlan(...plan))
      const walked = [...stepsOf(read)]
      expect(new Set(walked.map(placed => placed.step)).size).toBe(walked.length)
      expect(walked.length).toBe(countOf(read.jobs[0]?.plan ?? []))
      for (const { path } of walked) expect(positionOf(path), path).toBeDefined()
    }),
    { numRuns: 100 }
  )
})

function countOf(steps: readonly Step[]): number {
  return steps.reduce((sum, value) => sum + 1 + countOf(childrenOf(value)), 0)
}
