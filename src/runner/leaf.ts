import { Duration } from '../core/duration.ts'
import { exitCodes, messageOf, UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { errored, failed, interrupted, interruptionOf, timedOut, type Cause, type Ending } from './ending.ts'
import type { Interruption, Scope } from './scope.ts'

/**
 * Runs the work of a get, put or task within its own time. Work that is cut short has failed when its time ran out, and was
 * aborted otherwise; whatever else it throws is an error of the step (concourse v8.3, atc/exec/task_step.go).
 */
export async function runLeaf(
  path: string,
  outer: Scope,
  limit: string | undefined,
  work: (scope: Scope) => Promise<Ending>
): Promise<Ending> {
  if (outer.interruption !== undefined) {
    return interrupted(outer.interruption, interruptionOf(path, outer.interruption))
  }
  const scope = outer.within(limit === undefined ? undefined : Duration.parse(limit))
  try {
    return await work(scope)
  } catch (thrown) {
    if (scope.interruption !== undefined) return cutShort(path, scope.interruption)
    return errored(causeOfError(path, thrown))
  } finally {
    scope.close()
  }
}

/** How a step ended that was cut short while it ran. */
export function cutShort(path: string, interruption: Interruption): Ending {
  const cause = interruptionOf(path, interruption)
  return interruption === 'cancelled' ? interrupted(interruption, cause) : timedOut(cause)
}

/** Runs what Concourse runs in a resource's container: where that says no, the step has failed. */
export async function runResource<T>(
  path: string,
  scope: Scope,
  work: () => Promise<T>,
  then: (result: T) => Promise<Ending>
): Promise<Ending> {
  let result: T
  try {
    result = await work()
  } catch (thrown) {
    if (scope.interruption !== undefined || !(thrown instanceof UserError)) throw thrown
    return failed(causeOfError(path, thrown))
  }
  return then(result)
}

function causeOfError(path: string, thrown: unknown): Cause {
  if (thrown instanceof UserError) {
    return { path, message: thrown.message, exitCode: thrown.exitCode, ...given('hint', thrown.hint) }
  }
  // Nobody but us can do something about it, so the log must say where it was.
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)
  return { path, message, exitCode: exitCodes.bug }
}
