import { setTimeout as sleep } from 'node:timers/promises'
import { CfError } from './cf-error.ts'

const pauseMillis = 200
/** cf's own default of `CF_STARTUP_TIMEOUT`. */
const patienceMillis = 5 * 60_000

/** Asks until there is an answer. Throws after five minutes without one. */
export async function poll<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + patienceMillis
  while (performance.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(pauseMillis)
  }
  throw new CfError(`${what}: not done after ${patienceMillis / 60_000} minutes`)
}
