import type { HookKind } from '../concourse/model.ts'
import { both, causeOf, interrupted, interruptionOf, type Ending } from './ending.ts'
import type { Scope } from './scope.ts'

export interface Hooked {
  readonly kind: HookKind
  /** Path of the step that the hook belongs to. */
  readonly path: string
  readonly scope: Scope
  /** For hooks that run although the scope has ended; only a second abort ends it. */
  readonly background: Scope
  readonly step: () => Promise<Ending>
  readonly hook: (scope: Scope) => Promise<Ending>
}

/**
 * Runs a step, then its hook where the outcome asks for it. What the hook's outcome does to the step's differs from hook to
 * hook (concourse v8.3, atc/exec: on_success.go, on_failure.go, on_abort.go, on_error.go, ensure_step.go).
 */
export async function runHooked(hooked: Hooked): Promise<Ending> {
  const { kind, scope, background, hook } = hooked
  const ending = await hooked.step()
  switch (kind) {
    case 'on_success':
      return ending.kind === 'succeeded' ? hook(scope) : ending
    case 'on_failure': {
      if (ending.kind !== 'failed') return ending
      const after = await hook(scope)
      return after.kind === 'errored' ? { ...after, cause: ending.cause } : ending
    }
    case 'on_abort':
      if (ending.kind === 'errored' && ending.aborted) await hook(background)
      return ending
    case 'on_error': {
      if (ending.kind !== 'errored' || ending.aborted) return ending
      const after = await hook(background)
      return after.kind === 'errored' ? both(ending, after) : ending
    }
    case 'ensure':
      return ensured(ending, await hook(scope.interruption === undefined ? scope : background), hooked)
  }
}

/** An abort outweighs both outcomes, an error a failure, and of two alike the step's own comes first. */
function ensured(ending: Ending, after: Ending, { scope, path }: Hooked): Ending {
  const cause = causeOf(ending) ?? causeOf(after)
  if (scope.interruption !== undefined) {
    return interrupted(scope.interruption, cause ?? interruptionOf(path, scope.interruption))
  }
  if (cause === undefined) return ending
  if (ending.kind === 'errored') return after.kind === 'errored' ? both(ending, after) : ending
  if (after.kind === 'errored') return { ...after, cause }
  return ending.kind === 'failed' ? ending : after
}
