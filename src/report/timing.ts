import { isLeaf } from './rows.ts'
import { endOf, type RunView, type StepView } from './run-view.ts'

export interface Timing {
  /** How long the run took, or has taken so far. */
  readonly wallMillis: number
  /** How long the steps of the critical path took: nothing makes the run shorter but making one of them shorter. */
  readonly criticalMillis: number
  /** The steps of the critical path, in order. */
  readonly criticalPath: readonly StepView[]
}

/** Clocks are read in whole milliseconds, one after the other. */
const slackMillis = 5

/** Where the time of a run went. */
export function timingOf(run: RunView): Timing {
  const criticalPath = pathThrough(run.steps, run)
  return {
    wallMillis: run.tookMillis ?? Math.max(0, run.seenAt - run.startedAt),
    criticalMillis: criticalPath.reduce((sum, step) => sum + endOf(step, run) - step.startedAt, 0),
    criticalPath
  }
}

/**
 * From the end backwards: what ended last held up the end; what ended last before that began held up its beginning, and
 * so on. Inside a step that holds others, the same.
 */
function pathThrough(steps: readonly StepView[], run: RunView): StepView[] {
  const byEnd = steps.toSorted((a, b) => endOf(b, run) - endOf(a, run) || b.id - a.id)
  const path: StepView[] = []
  let until = Infinity
  for (const step of byEnd) {
    if (endOf(step, run) > until + slackMillis) continue
    path.unshift(...(isLeaf(step) ? [step] : pathThrough(step.inner, run)))
    until = step.startedAt
  }
  return path
}
