import type { NotChecked, ResourceKind } from '../../tools/clouds/cloud.ts'
import type { Verdict } from '../verdict.ts'
import { stages, type StageVerdict } from './stage.ts'

/** `verdict.json` of prove-empty: what is left, what could not be seen, and how the stages ended. */
export interface Emptiness extends Verdict {
  readonly environment: string
  readonly left: readonly string[]
  readonly not_checked: readonly Pick<NotChecked, 'what' | 'why'>[]
  readonly stages: readonly StageVerdict[]
}

export interface Proof {
  readonly environment: string
  /** State files and things in the cloud. */
  readonly left: readonly string[]
  readonly notChecked: readonly NotChecked[]
  readonly stages: readonly StageVerdict[]
}

/**
 * Joins what the stages say with what was looked at. Clean is an environment of which nothing is left as far as could be
 * seen; a stage that failed is made good only by having seen that nothing is left of all that it may have left.
 */
export function judgeEmptiness({ environment, left, notChecked, stages: verdicts }: Proof): Emptiness {
  const reasons = [
    ...left,
    ...verdicts.filter(hasFailed).flatMap(({ stage, reason }) => {
      const unseen = notChecked.filter(({ kinds }) => kinds.some(kind => leavesOf(stage).includes(kind)))
      if (unseen.length === 0) return []
      return [`${stage} failed (${reason}), and nobody saw ${unseen.map(({ what }) => what).join(', ')}`]
    })
  ]
  const clean = reasons.length === 0
  const count = notChecked.length
  const seen = count === 0 ? 'nothing is left' : `nothing is left of what was checked; not checked: ${count}`
  return {
    environment,
    clean,
    reason: clean ? seen : reasons.join('; '),
    left,
    not_checked: notChecked.map(({ what, why }) => ({ what, why })),
    stages: verdicts
  }
}

function hasFailed({ outcome }: StageVerdict): boolean {
  return outcome === 'failed' || outcome === 'refused' || outcome === 'missing'
}

function leavesOf(stage: StageVerdict['stage']): readonly ResourceKind[] {
  return stages[stage].leaves
}
