/** Why a finding at one place is no matter: the rule's code → the reason. */
export type Allowed = Readonly<Record<string, string>>

/** Where in a program a part of a pipeline was made, and what is allowed there. */
export interface Origin {
  /** The frame of the call as the engine writes it, e.g. `at file:///…/pipelines/repave.js:12:9`. */
  readonly frame: () => string | undefined
  readonly allowed: Allowed
}

const origins = new WeakMap<object, Origin>()

/**
 * Remembers who called `constructor` to make a part of a pipeline. The engine notes the frame and writes it down only
 * when it is asked for, so this costs next to nothing.
 */
export function remember(part: object, constructor: CallableFunction, allowed: Allowed = {}): void {
  const { stackTraceLimit } = Error
  const holder: { stack?: string } = {}
  Error.stackTraceLimit = 1
  Error.captureStackTrace(holder, constructor)
  Error.stackTraceLimit = stackTraceLimit
  origins.set(part, { frame: () => holder.stack?.split('\n')[1]?.trim(), allowed })
}

export function originOf(part: object): Origin | undefined {
  return origins.get(part)
}

/** Gives a part the origin of another that was made by the same call. */
export function shareOrigin(from: object, to: object): void {
  const origin = origins.get(from)
  if (origin !== undefined) origins.set(to, origin)
}
