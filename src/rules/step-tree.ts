import type { Job, Step } from '../concourse/model.ts'
import { childrenOf, stepPath } from '../concourse/walk.ts'

/** A step among those that it runs with. */
export interface StepNode {
  readonly step: Step
  /** As in findings: `jobs.deploy.plan[2].task(run-errand)`. */
  readonly path: string
  readonly parent: StepNode | undefined
  /** Which child of its parent it is. Of a hook and its step, the hook is the second. */
  readonly index: number
  readonly depth: number
  /** Counts all steps in the order of the plan. */
  readonly position: number
  readonly children: readonly StepNode[]
}

/**
 * The plan of a job as one step, with the hooks of the job round it as those of a step stand round a step (concourse
 * v8.3, atc/job_config.go, StepConfig).
 */
export function treeOf(job: Job): StepNode {
  const tree = trees.get(job) ?? plantedOf(job)
  trees.set(job, tree)
  return tree
}

const trees = new WeakMap<Job, StepNode>()

function plantedOf(job: Job): StepNode {
  const plan: Step = { kind: 'do', steps: job.plan }
  const whole = hooksInsideOut.reduce<Step>((step, kind) => {
    const hook = job[kind]
    return hook === undefined ? step : { kind, step, hook }
  }, plan)
  let position = 0
  const grow = ({ step, at, parent, index }: Seed): StepNode => {
    const path = step === plan ? `${at}.plan` : stepPath(step, at)
    const depth = parent === undefined ? 0 : parent.depth + 1
    const children: StepNode[] = []
    const node = { step, path, parent, index, depth, position: position++, children }
    for (const child of childrenOf(step)) {
      const seed = { step: child.step, at: `${path}${child.key}`, parent: node, index: children.length }
      children.push(grow(seed))
    }
    return node
  }
  return grow({ step: whole, at: `jobs.${job.name}`, parent: undefined, index: 0 })
}

const hooksInsideOut = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const

interface Seed extends Pick<StepNode, 'step' | 'parent' | 'index'> {
  readonly at: string
}

/** The steps below a node that hold no others, in the order of the plan. */
export function leavesOf(node: StepNode): readonly StepNode[] {
  const leaves: StepNode[] = []
  const gather = (one: StepNode): void => {
    if (one.children.length === 0) leaves.push(one)
    else one.children.forEach(gather)
  }
  gather(node)
  return leaves
}

/** Whether a node is another, or anywhere below it. */
export function isWithin(node: StepNode, outer: StepNode): boolean {
  let one: StepNode | undefined = node
  while (one !== undefined && one.depth > outer.depth) one = one.parent
  return one === outer
}
