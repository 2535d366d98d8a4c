import type {
  CoreStep,
  DoStep,
  GetStep,
  InParallelStep,
  LoadVarStep,
  PutStep,
  RunStep,
  SetPipelineStep,
  Step,
  TaskStep,
  TryStep
} from './model.ts'
import {
  getFields,
  loadVarFields,
  putFields,
  runFields,
  setPipelineFields,
  taskFields
} from './schema-step.ts'
import type { Shape } from './shape.ts'
import { listOf } from './shape-collections.ts'
import { namedStep, type CoreShape } from './shape-core-step.ts'
import { branchesOf, holdingStep } from './shape-holding-step.ts'
import { text } from './shape-scalars.ts'

export type CoreShapes = { readonly [K in CoreStep['kind']]: CoreShape<Extract<CoreStep, { kind: K }>> }

/** The shapes of all kinds of step, given that of the steps within them and the keys of the modifiers round them. */
export function coreShapes(step: Shape<Step>, modifiers: readonly string[]): CoreShapes {
  const steps = listOf(step)
  const tags = { shape: listOf(text), since: '8.3', doc: 'Of the workers that may run its steps.' } as const
  return {
    get: namedStep<GetStep>(
      'get',
      { name: 'GetStep', doc: 'Fetches a version of a resource.', holds: 'The artifact.', modifiers },
      getFields,
      values => ({ kind: 'get', ...values })
    ),
    put: namedStep<PutStep>(
      'put',
      {
        name: 'PutStep',
        doc: 'Makes a version of a resource, and fetches it.',
        holds: 'The artifact that the fetch makes.',
        modifiers
      },
      putFields,
      values => ({ kind: 'put', ...values })
    ),
    task: namedStep<TaskStep>(
      'task',
      {
        name: 'TaskStep',
        doc: 'Runs a program in a container.',
        holds: 'What the web page calls it.',
        modifiers
      },
      taskFields,
      values => ({ kind: 'task', ...values })
    ),
    set_pipeline: namedStep<SetPipelineStep>(
      'set_pipeline',
      {
        name: 'SetPipelineStep',
        doc: 'Sets a pipeline.',
        holds: 'Its name, or self for the one that runs.',
        since: '5.8',
        modifiers
      },
      setPipelineFields,
      values => ({ kind: 'set_pipeline', ...values })
    ),
    load_var: namedStep<LoadVarStep>(
      'load_var',
      {
        name: 'LoadVarStep',
        doc: 'Reads a file into a local var.',
        holds: 'The name of the local var: ((.:name)) in later steps.',
        since: '5.8',
        modifiers
      },
      loadVarFields,
      values => ({ kind: 'load_var', ...values })
    ),
    run: namedStep<RunStep>(
      'run',
      {
        name: 'RunStep',
        doc: 'Sends a message to a prototype. Concourse 8.3 does not, yet says that it succeeded.',
        holds: 'The message.',
        since: '7.4',
        modifiers
      },
      runFields,
      values => ({ kind: 'run', ...values })
    ),
    do: holdingStep<DoStep, readonly Step[]>(
      'do',
      { name: 'DoStep', doc: 'Runs steps one after the other.', holds: 'Its steps.', modifiers },
      {
        shape: steps,
        keys: [{ key: 'steps', form: steps.form, doc: 'Its steps.', isRequired: true }],
        put: held => ({ steps: held }),
        take: step => step.steps
      },
      { tags }
    ),
    in_parallel: holdingStep<InParallelStep, Omit<InParallelStep, 'kind' | 'tags'>>(
      'in_parallel',
      {
        name: 'InParallelStep',
        doc: 'Runs steps at the same time.',
        holds: 'Its steps, or a map of steps, limit and fail_fast.',
        since: '5.2',
        modifiers
      },
      branchesOf(step),
      { tags }
    ),
    try: holdingStep<TryStep, Step>(
      'try',
      {
        name: 'TryStep',
        doc: 'Runs a step and succeeds whatever its outcome.',
        holds: 'The step.',
        modifiers
      },
      {
        shape: step,
        keys: [{ key: 'step', form: step.form, doc: 'The step.', isRequired: true }],
        put: held => ({ step: held }),
        take: held => held.step
      },
      {}
    )
  }
}
