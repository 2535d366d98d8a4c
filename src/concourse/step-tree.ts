import type { Job, Pipeline, Step } from './model.ts'
import { childKey, childrenOf, stepPath } from './walk.ts'

/** A step, where it stands, and the steps round it and in it. */
export interface PlacedStep<S extends Step = Step> {
  readonly step: S
  /** In Concourse's notation: `jobs.deploy.plan[2].task(run-errand)`. */
  readonly path: string
  /** The place in the plan, which a step shares with the modifiers round it: `jobs.deploy.plan[2]`. */
  readonly at: string
  /** The step that holds it; of the steps of the plan, the plan itself, which is a `do`. */
  readonly parent: PlacedStep | undefined
  /** Which child of its parent it is. Of a hook and its step, the hook is the second. */
  readonly index: number
  readonly depth: number
  /** Counts all steps in the order of the plan. */
  readonly position: number
  readonly children: readonly PlacedStep[]
}

/** The steps of a job, each in its place. */
export interface StepTree {
  /**
   * The plan as one step, with the hooks of the job round it as those of a step stand round a step (concourse v8.3,
   * atc/job_config.go, StepConfig).
   */
  readonly root: PlacedStep
  /** Outside before inside and in the order of the plan, hooks last; without the root and what stands round the plan. */
  readonly steps: readonly PlacedStep[]
  /** Those that hold no others. */
  readonly leaves: readonly PlacedStep[]
}

/** Every step of the pipeline, outside before inside and in the order of the plan, hooks last. */
export function stepsOf(pipeline: Pipeline): readonly PlacedStep[] {
  return pipeline.jobs.flatMap(job => treeOf(job).steps)
}

/** Plants the tree of a job. */
export function treeOf(job: Job): StepTree {
  const plan: Step = { kind: 'do', steps: job.plan }
  const round: Step[] = [plan]
  let whole: Step = plan
  for (const kind of hooksInsideOut) {
    const hook = job[kind]
    if (hook === undefined) continue
    whole = { kind, step: whole, hook }
    round.push(whole)
  }
  const steps: PlacedStep[] = []
  const leaves: PlacedStep[] = []
  let position = 0
  const grow = (step: Step, at: string, parent: PlacedStep | undefined, index: number): PlacedStep => {
    const path = step === plan ? `${at}.plan` : stepPath(step, at)
    const depth = parent === undefined ? 0 : parent.depth + 1
    const inner = childrenOf(step)
    const children: PlacedStep[] = inner.length === 0 ? none : []
    const placed = { step, path, at, parent, index, depth, position: position++, children }
    if (!round.includes(step)) steps.push(placed)
    for (const child of inner) {
      children.push(grow(child, `${path}${childKey(step, children.length)}`, placed, children.length))
    }
    if (children.length === 0) leaves.push(placed)
    return placed
  }
  return { root: grow(whole, `jobs.${job.name}`, undefined, 0), steps, leaves }
}

/** Most steps hold no others; they share that. */
const none: PlacedStep[] = []

const hooksInsideOut = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const

/** The steps below another that hold no others, in the order of the plan. */
export function leavesOf(placed: PlacedStep): readonly PlacedStep[] {
  return placed.children.length === 0 ? [placed] : placed.children.flatMap(leavesOf)
}

/** Whether a step is another, or anywhere below it. */
export function isWithin(placed: PlacedStep, outer: PlacedStep): boolean {
  let one: PlacedStep | undefined = placed
  while (one !== undefined && one.depth > outer.depth) one = one.parent
  return one === outer
}
