import type { Step } from '../concourse/model.ts'
import type { UseOf } from './lock-steps.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'

const outcomes = ['succeeded', 'failed', 'errored', 'aborted'] as const
export type Outcome = (typeof outcomes)[number]

/** How a step may end, and whether a lock is claimed then. */
export interface LockEnd {
  readonly outcome: Outcome
  readonly isClaimed: boolean
}

/** Each of them once, so that sets of them hold no two alike. */
const ends = new Map(
  [true, false].map(isClaimed => [
    isClaimed,
    new Map(outcomes.map(outcome => [outcome, { outcome, isClaimed }]))
  ])
)

function endOf(outcome: Outcome, isClaimed: boolean): LockEnd {
  return ends.get(isClaimed)?.get(outcome) ?? { outcome, isClaimed }
}

type Ends = ReadonlySet<LockEnd>

/**
 * All ways in which a job may end, if each of its tasks and puts may succeed, fail, err or be aborted, by the words of
 * concourse v8.3, atc/exec. Gets are taken to succeed: before the work begins, the build can be run again. So are
 * releases, and a hook releases what it finds claimed whatever else it does: where its clean-up fails, the lock is kept
 * on purpose.
 */
export function lockEnds(tree: PlacedStep, useOf: UseOf): Ends {
  const known = new Map<PlacedStep, Map<boolean, Ends>>()

  const after = (node: PlacedStep, isClaimed: boolean): Ends => {
    const byStart = known.get(node) ?? new Map<boolean, Ends>()
    known.set(node, byStart)
    const found = byStart.get(isClaimed) ?? run(node, isClaimed)
    byStart.set(isClaimed, found)
    return found
  }

  const run = ({ step, children }: PlacedStep, isClaimed: boolean): Ends => {
    const [held, hook] = children
    if (held === undefined) return leafEnds(step, isClaimed)
    if (step.kind === 'do') return inOrder(children, isClaimed, outcome => outcome === 'succeeded')
    if (step.kind === 'in_parallel') return inOrder(children, isClaimed, outcome => outcome !== 'aborted')
    const own = after(held, isClaimed)
    if (step.kind === 'try') {
      return mapped(own, end =>
        end.outcome === 'failed' || end.outcome === 'errored' ? 'succeeded' : end.outcome
      )
    }
    return hook === undefined ? own : withHook(step.kind, own, hook)
  }

  const leafEnds = (step: Step, isClaimed: boolean): Ends => {
    const use = useOf(step)
    if (use === 'release') return new Set([endOf('succeeded', false)])
    const isSure = step.kind === 'get' || step.kind === 'load_var'
    return new Set(
      (isSure ? (['succeeded'] as const) : outcomes).map(outcome =>
        endOf(outcome, isClaimed || (use === 'claim' && outcome === 'succeeded'))
      )
    )
  }

  /** One step after the other, as long as `goesOn` with how the last one ended; the worst outcome is that of all. */
  const inOrder = (
    steps: readonly PlacedStep[],
    isClaimed: boolean,
    goesOn: (outcome: Outcome) => boolean
  ): Ends => {
    let sofar: Ends = new Set([endOf('succeeded', isClaimed)])
    for (const node of steps) {
      const next = new Set<LockEnd>()
      for (const end of sofar) {
        if (!goesOn(end.outcome)) next.add(end)
        else
          for (const own of after(node, end.isClaimed))
            next.add(endOf(worse(end.outcome, own.outcome), own.isClaimed))
      }
      sofar = next
    }
    return sofar
  }

  const withHook = (kind: Step['kind'], own: Ends, hook: PlacedStep): Ends => {
    const all = new Set<LockEnd>()
    for (const end of own) {
      if (kind !== 'ensure' && hookAfter[end.outcome] !== kind) {
        all.add(end)
        continue
      }
      for (const { outcome, isClaimed } of after(hook, end.isClaimed)) {
        const isLeft = isClaimed && !(end.isClaimed && releasesIn(hook, useOf))
        all.add(endOf(end.outcome === 'succeeded' ? outcome : end.outcome, isLeft))
      }
    }
    return all
  }

  return after(tree, false)
}

const hookAfter: Readonly<Record<Outcome, Step['kind']>> = {
  succeeded: 'on_success',
  failed: 'on_failure',
  errored: 'on_error',
  aborted: 'on_abort'
}

/** Whether a step, or one in it, gives the lock back. */
export function releasesIn(node: PlacedStep, useOf: UseOf): boolean {
  return useOf(node.step) === 'release' || node.children.some(child => releasesIn(child, useOf))
}

function mapped(own: Ends, outcomeOf: (end: LockEnd) => Outcome): Ends {
  return new Set([...own].map(end => endOf(outcomeOf(end), end.isClaimed)))
}

function worse(one: Outcome, other: Outcome): Outcome {
  return outcomes[Math.max(outcomes.indexOf(one), outcomes.indexOf(other))] ?? one
}
