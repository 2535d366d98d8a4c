import type { Job, Pipeline, Step } from './model.ts'

/** What to do at each kind of step. A new kind in the model is a compile error here until it is said. */
export type StepVisitor<T> = { readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>) => T }

export function visitStep<T>(step: Step, visitor: StepVisitor<T>): T {
  // The map's type ties each kind to its step; the compiler can't follow that through an index.
  const visit = visitor[step.kind] as (step: Step) => T
  return visit(step)
}

/** A step and where it stands, in Concourse's notation: `jobs.deploy.plan[2].task(run-errand)`. */
export interface PlacedStep {
  readonly step: Step
  readonly path: string
}

/** Every step of the pipeline, outside before inside and in the order of the plan, hooks last. */
export function* stepsOf(pipeline: Pipeline): Generator<PlacedStep> {
  for (const job of pipeline.jobs) yield* stepsOfJob(job)
}

export function* stepsOfJob(job: Job): Generator<PlacedStep> {
  const path = `jobs.${job.name}`
  for (const [index, step] of job.plan.entries()) yield* within(step, `${path}.plan[${index}]`)
  for (const hook of hookKinds) {
    const step = job[hook]
    if (step !== undefined) yield* within(step, `${path}.${hook}`)
  }
}

const hookKinds = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const

function* within(step: Step, at: string): Generator<PlacedStep> {
  const path = `${at}${suffixOf(step)}`
  yield { step, path }
  for (const child of childrenOf(step)) yield* within(child.step, `${path}${child.key}`)
}

interface Child {
  readonly key: string
  readonly step: Step
}

/** The steps directly inside a step. A modifier adds nothing to the path of the step it holds. */
export function childrenOf(step: Step): readonly Child[] {
  switch (step.kind) {
    case 'get':
    case 'put':
    case 'task':
      return []
    case 'do':
      return step.steps.map((child, index) => ({ key: `[${index}]`, step: child }))
    case 'in_parallel':
      return step.steps.map((child, index) => ({ key: `.steps[${index}]`, step: child }))
    case 'try':
    case 'timeout':
    case 'attempts':
      return [{ key: '', step: step.step }]
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure':
      return [
        { key: '', step: step.step },
        { key: `.${step.kind}`, step: step.hook }
      ]
    default:
      return step satisfies never
  }
}

/** What a step adds to the path of its place in the plan. */
export function suffixOf(step: Step): string {
  switch (step.kind) {
    case 'get':
    case 'put':
    case 'task':
      return `.${step.kind}(${step.name})`
    case 'do':
    case 'in_parallel':
    case 'try':
      return `.${step.kind}`
    case 'timeout':
    case 'attempts':
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure':
      return ''
    default:
      return step satisfies never
  }
}
