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
export function stepsOf(pipeline: Pipeline): readonly PlacedStep[] {
  return pipeline.jobs.flatMap(stepsOfJob)
}

export function stepsOfJob(job: Job): readonly PlacedStep[] {
  const placed: PlacedStep[] = []
  for (const { step, at } of topStepsOf(job)) place(step, at, placed)
  return placed
}

function place(step: Step, at: string, placed: PlacedStep[]): void {
  const path = stepPath(step, at)
  placed.push({ step, path })
  for (const child of childrenOf(step)) place(child.step, `${path}${child.key}`, placed)
}

/** The steps of the plan, then the job's hooks, each with its place: `jobs.deploy.plan[2]`, `jobs.deploy.ensure`. */
export function topStepsOf(job: Job): readonly { readonly step: Step; readonly at: string }[] {
  const path = `jobs.${job.name}`
  const plan = job.plan.map((step, index) => ({ step, at: `${path}.plan[${index}]` }))
  const hooks = hookKinds.flatMap(hook => {
    const step = job[hook]
    return step === undefined ? [] : [{ step, at: `${path}.${hook}` }]
  })
  return [...plan, ...hooks]
}

const hookKinds = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const

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

/** The path of a step, given its place in the plan. A modifier has none but its place. */
export function stepPath(step: Step, at: string): string {
  switch (step.kind) {
    case 'get':
    case 'put':
    case 'task':
      return `${at}.${step.kind}(${step.name})`
    case 'do':
    case 'in_parallel':
    case 'try':
      return `${at}.${step.kind}`
    case 'timeout':
    case 'attempts':
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure':
      return at
    default:
      return step satisfies never
  }
}
