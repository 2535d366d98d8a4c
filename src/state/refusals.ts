import { UserError } from '../core/errors.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { StateValues } from './params.ts'

/** Prefix of the branches for what must not come onto a state branch, and must not be lost either. */
export function asidePrefix(branch: string): string {
  return `rejected/${branch}/`
}

export function asideName(branch: string, commit: string): string {
  return `${asidePrefix(branch)}${commit.slice(0, 12)}`
}

/** Somebody else wrote while we did. */
export function refuseOtherWriter(theirs: Checkpoint | undefined, aside: string | undefined): UserError {
  const found =
    theirs === undefined
      ? 'another history without a checkpoint'
      : `serial ${theirs.serial} of another writer (${theirs.time}: ${theirs.reason})`
  const ours = aside === undefined ? '' : `; ours was put aside as ${aside}`
  return new UserError('refused', `state branch: found ${found}, expected to be the only writer${ours}`, {
    hint: 'see who else works on this environment; then let one of the two begin again, or restore what is the truth'
  })
}

/** A checkpoint without something that nothing makes again. */
export function refuseLoss(lost: readonly string[], serial: number, aside: string): UserError {
  return new UserError(
    'refused',
    `state: found ${lost.join(', ')} gone in what would be serial ${serial}, expected it; the branch is as it was, and what was found was put aside as ${aside}`,
    { hint: 'find out what deleted it; serial by serial is kept: causeway state log' }
  )
}

/** The state is where the task wrote it, and nowhere else. */
export function unsaved({ STATE_URI, STATE_BRANCH }: StateValues, why: string, cause?: unknown): UserError {
  return new UserError(
    'program',
    `${STATE_URI}, branch ${STATE_BRANCH}: the state was not pushed (${why}), expected it there and the same`,
    {
      hint: 'it lies encrypted in the output `state` of this task, for the put that follows: see that this put succeeds',
      ...(cause === undefined ? {} : { cause })
    }
  )
}
