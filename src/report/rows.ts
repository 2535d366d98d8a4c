import type { StepView } from './run-view.ts'

/** A line of a tree of steps, as people see a plan: what only holds steps together is left out. */
export interface Row {
  readonly step: StepView
  /** `deploy-cf`, `get cf-deployment`, `ensure: put state`, `delete-deployments (try 2)`. */
  readonly label: string
  /** Of steps side by side: each branch with its rows in order. */
  readonly branches: readonly (readonly Row[])[]
}

const hooks: ReadonlySet<string> = new Set(['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'])
const holders: ReadonlySet<string> = new Set(['do', 'try', 'attempts', 'timeout'])

/** The rows of some steps, in the order in which they began. */
export function rowsOf(steps: readonly StepView[], prefix = ''): Row[] {
  return steps.flatMap(step => rowsOfStep(step, prefix))
}

function rowsOfStep(step: StepView, prefix: string): Row[] {
  if (holders.has(step.kind)) return rowsOf(step.inner, prefix)
  if (hooks.has(step.kind)) return rowsOf(step.inner, `${step.kind}: `)
  if (step.kind === 'in_parallel' || step.kind === 'across') {
    const branches = step.inner.map(branch => rowsOf([branch])).filter(rows => rows.length > 0)
    return [{ step, label: `${prefix}in parallel`, branches }]
  }
  return [{ step, label: `${prefix}${labelOf(step)}`, branches: [] }]
}

/** Whether a step does something itself, rather than hold others. */
export function isLeaf(step: StepView): boolean {
  return (
    !holders.has(step.kind) && !hooks.has(step.kind) && step.kind !== 'in_parallel' && step.kind !== 'across'
  )
}

/** What a step is called, without the hook that it runs in. */
export function labelOf({ kind, name, attempt }: StepView): string {
  const again = attempt !== undefined && attempt > 1 ? ` (try ${attempt})` : ''
  return `${kind === 'task' ? '' : `${kind} `}${name}${again}`
}
