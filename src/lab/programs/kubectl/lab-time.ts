import { setTimeout as sleep } from 'node:timers/promises'
import { readSettings } from '../../pace.ts'
import type { ProgramEdge } from '../common/program.ts'
import { KubectlError } from './kubectl-error.ts'

const pauseMillis = 100
/** The lab's machines do in a second what takes a minute elsewhere, so that nobody has to wait longer than that either. */
const millisPerSecond = 1000 / 60

/** Asks until there is an answer; undefined where none comes in time. The lab's pace stretches that time as any other. */
export async function within<T>(
  { env }: ProgramEdge,
  seconds: number,
  ask: () => Promise<T | undefined>
): Promise<T | undefined> {
  const lab = env['CAUSEWAY_LAB']
  const pace = lab === undefined ? 60 : readSettings(lab).pace
  const deadline = performance.now() + seconds * millisPerSecond * pace
  for (;;) {
    const answer = await ask()
    if (answer !== undefined || performance.now() >= deadline) return answer
    await sleep(Math.min(pauseMillis, Math.max(0, deadline - performance.now())))
  }
}

/** Seconds of a duration such as `180s` or `1m30s` (Go's time.ParseDuration). */
export function secondsIn(text: string): number {
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }
  if (!/^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(text)) {
    throw new KubectlError(
      `error: invalid argument ${JSON.stringify(text)} for "--timeout" flag: time: invalid duration ${text}`
    )
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)]
  return parts.reduce((sum, [, amount, unit = 's']) => sum + Number(amount) * (units[unit] ?? 1), 0)
}
