import type { HookKind, Job, Step } from '../concourse/model.ts'
import { childKey, childrenOf, stepPath } from '../concourse/walk.ts'

/** A step of the plan, where it stands, and the steps in it: first what it is round, then its hook. */
export interface PlanNode {
  readonly step: Step
  readonly path: string
  readonly inner: readonly PlanNode[]
}

export interface JobPlan {
  readonly path: string
  readonly steps: readonly PlanNode[]
  /** From inside out: a job's hooks nest as a step's do (concourse v8.3, atc/job_config.go). */
  readonly hooks: readonly { readonly kind: HookKind; readonly hook: PlanNode }[]
}

const hooksInsideOut = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const

/** A job's steps as a tree in which every step knows its path, also one that is used in two places. */
export function planJob(job: Job): JobPlan {
  const path = `jobs.${job.name}`
  const steps = job.plan.map((step, index) => place(step, `${path}.plan[${index}]`))
  const hooks = hooksInsideOut.flatMap(kind => {
    const hook = job[kind]
    return hook === undefined ? [] : [{ kind, hook: place(hook, `${path}.${kind}`) }]
  })
  return { path, steps, hooks }
}

function place(step: Step, at: string): PlanNode {
  const path = stepPath(step, at)
  return {
    step,
    path,
    inner: childrenOf(step).map((child, index) => place(child, `${path}${childKey(step, index)}`))
  }
}

/** Every step of the plan, outside before inside, hooks last. */
export function* nodesOf(plan: JobPlan): Generator<PlanNode> {
  for (const node of plan.steps) yield* within(node)
  for (const { hook } of plan.hooks) yield* within(hook)
}

function* within(node: PlanNode): Generator<PlanNode> {
  yield node
  for (const inner of node.inner) yield* within(inner)
}
