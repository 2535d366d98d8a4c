import { Duration } from '../core/duration.ts'
import { createPrograms, type Programs } from '../tools/exec.ts'
import type { StepJournal } from './journal.ts'
import type { ResourceContext } from './resources/resource-type.ts'
import { baseEnvironment, type RunContext } from './run-context.ts'
import type { Scope } from './scope.ts'

/** What must not be torn apart gets this long when its step is aborted. */
const steadyPatience = Duration.seconds(30)

/** Gives a resource what it may use for one call, and takes it away again. */
export async function withResource<T>(
  run: RunContext,
  scope: Scope,
  journal: StepJournal,
  work: (context: ResourceContext) => Promise<T>
): Promise<T> {
  const scratch = await run.volumes.make()
  const steady = run.background.within()
  const hurry = hurryAfter(scope, steady)
  try {
    return await work({
      programs: programsOf(run, scope, journal, scratch),
      steadyPrograms: programsOf(run, steady, journal, scratch),
      log: journal.log,
      notice: journal.notice,
      scratch,
      signal: scope.signal,
      build: { ...run.build, step: journal.id },
      now: run.now
    })
  } finally {
    hurry.stop()
    steady.close()
    run.volumes.discard(scratch)
  }
}

function programsOf(run: RunContext, scope: Scope, journal: StepJournal, scratch: string): Programs {
  return createPrograms({
    env: baseEnvironment(run, scratch, scratch),
    log: journal.log,
    redactor: run.redactor,
    signal: scope.signal,
    killAfter: run.killAfter
  })
}

/** Ends the steady scope some time after the step's own has ended. */
function hurryAfter(scope: Scope, steady: Scope): { stop: () => void } {
  let timer: NodeJS.Timeout | undefined
  const hurry = (): void => {
    timer = setTimeout(() => steady.cancel(), steadyPatience.milliseconds)
  }
  scope.signal.addEventListener('abort', hurry, { once: true })
  return {
    stop: () => {
      clearTimeout(timer)
      scope.signal.removeEventListener('abort', hurry)
    }
  }
}
