import { exitCodes } from '../core/errors.ts'
import type { UnknownReason } from './answer.ts'
import type { ChangeSet } from './change-set.ts'

/** From this one on nobody can tell; each reason has its own. */
const couldNotTell = 10

const codeOf: Readonly<Record<UnknownReason, number>> = {
  absent: 11,
  'token-refused': 12,
  forbidden: 13,
  'rate-limited': 14,
  'reserve-reached': 15,
  'server-error': 16,
  malformed: 17,
  'redirect-loop': 18,
  tls: 19,
  network: 20,
  'too-slow': 21,
  'unreadable-version': 22,
  'no-digest': 23
}

/**
 * What a run ends in: 7 for an alarm, 10 and above where nobody can tell of some upstream (the reason's own, if there is one
 * reason), 6 where something changed, else 0.
 */
export function exitCodeOf({ alarms, unknown, changes }: ChangeSet): number {
  if (alarms.length > 0) return exitCodes.refused
  const codes = new Set(unknown.map(({ reason }) => codeOf[reason]))
  const [only] = codes
  if (only !== undefined) return codes.size === 1 ? only : couldNotTell
  return changes.length > 0 ? exitCodes.differs : exitCodes.done
}
