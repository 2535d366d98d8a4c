import fc from 'fast-check'
import type { AcrossVar, CoreStep, HookKind, Pipeline, Step } from '../../src/concourse/model.ts'
import { pipeline as pipelineShape } from '../../src/concourse/schema-pipeline.ts'
import { coreForms, modifierRows } from '../../src/concourse/shape-step.ts'
import { withOwnTimeout } from '../../src/concourse/write-step.ts'
import { arbitraryOf } from './arbitrary-form.ts'
import { text } from './awkward.ts'

// Pipelines as the tables allow them, not as Concourse accepts them: names and references are of any kind.

const hookKinds = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const satisfies HookKind[]
const count = fc.integer({ min: -1, max: 1000 })
const holders = ['do', 'in_parallel', 'try']

interface Modifiers {
  readonly timeout?: string
  readonly attempts?: number
  readonly across?: readonly AcrossVar[]
  readonly fail_fast?: boolean
  readonly hooks: Partial<Record<HookKind, Step>>
}

/** Nested as Concourse nests what stands in one map. */
function modified(core: CoreStep, { timeout, attempts, across, fail_fast, hooks }: Modifiers): Step {
  let step: Step = core
  if (timeout !== undefined && !withOwnTimeout.includes(core.kind)) step = { kind: 'timeout', step, timeout }
  if (attempts !== undefined) step = { kind: 'attempts', step, attempts }
  if (across !== undefined) {
    step = { kind: 'across', step, across, ...(fail_fast === undefined ? {} : { fail_fast }) }
  }
  for (const kind of hookKinds) {
    const hook = hooks[kind]
    if (hook !== undefined) step = { kind, step, hook }
  }
  return step
}

/** What the rows of a step let through; the compiler can't know that they are the step's. */
function coresOf(kinds: readonly string[], step: fc.Arbitrary<Step>): fc.Arbitrary<CoreStep> {
  const forms = coreForms.filter(({ kind }) => kinds.includes(kind))
  return fc.oneof(...forms.map(({ form }) => arbitraryOf(form, step))) as fc.Arbitrary<CoreStep>
}

const leafKinds = coreForms.map(({ kind }) => kind).filter(kind => !holders.includes(kind))
const acrossRow = modifierRows.find(row => row.key === 'across')
const across = arbitraryOf(acrossRow?.form ?? { kind: 'data' }, fc.constant(null)) as fc.Arbitrary<
  AcrossVar[]
>

const plans = fc.letrec<{ step: Step; core: CoreStep; leaf: CoreStep; modifiers: Modifiers; wild: Step }>(
  tie => ({
    leaf: coresOf(leafKinds, tie('step')),
    core: fc.oneof({ maxDepth: 2 }, { weight: 3, arbitrary: tie('leaf') }, coresOf(holders, tie('step'))),
    modifiers: fc.record(
      {
        timeout: text,
        attempts: count,
        across,
        fail_fast: fc.boolean(),
        hooks: fc.dictionary(fc.constantFrom(...hookKinds), tie('step'), {
          maxKeys: 2,
          noNullPrototype: true
        })
      },
      { requiredKeys: ['hooks'] }
    ),
    step: fc.oneof(
      { maxDepth: 2 },
      { weight: 4, arbitrary: tie('core') },
      fc.tuple(tie('core'), tie('modifiers')).map(([core, modifiers]) => modified(core, modifiers))
    ),
    wild: fc.oneof(
      { maxDepth: 6 },
      tie('leaf'),
      fc.record({ kind: fc.constant('timeout'), step: tie('wild'), timeout: text }),
      fc.record({ kind: fc.constant('attempts'), step: tie('wild'), attempts: count }),
      fc.record({ kind: fc.constant('across'), step: tie('wild'), across }),
      fc.record({ kind: fc.constantFrom(...hookKinds), step: tie('wild'), hook: tie('leaf') })
    )
  })
)

/** A step nested as it would be read. */
export const step: fc.Arbitrary<Step> = plans.step

/** A step with modifiers in any order, as code may nest them. */
export const wildStep: fc.Arbitrary<Step> = plans.wild

export const pipeline = arbitraryOf(pipelineShape.form, step) as fc.Arbitrary<Pipeline>
