import { Hidden } from './hidden.ts'

/** Why a finding at one place is no matter: the rule's code → the reason. */
export type Allowed = Readonly<Record<string, string>>

/** Where in a program a part of a pipeline was made, and what is allowed there. */
export interface Origin {
  readonly allowed: Allowed
  /** The frame of the call as the engine writes it, e.g. `at file:///…/pipelines/repave.js:12:9`. */
  readonly frame: () => string | undefined
}

const origins = new Hidden<Origin>('origin')

const nothing: Allowed = {}

/** The engine notes the frame when this is made, and writes it down only when `stack` is read. */
class Call implements Origin {
  readonly allowed: Allowed
  stack?: string

  constructor(constructor: CallableFunction, allowed: Allowed) {
    this.allowed = allowed
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 1
    Error.captureStackTrace(this, constructor)
    Error.stackTraceLimit = stackTraceLimit
  }

  frame(): string | undefined {
    return this.stack?.split('\n')[1]?.trim()
  }
}

/** Remembers who called `constructor` to make a part of a pipeline, and what is allowed there. */
export function remember(part: object, constructor: CallableFunction, allowed: Allowed = nothing): void {
  origins.set(part, new Call(constructor, allowed))
}

export function originOf(part: object): Origin | undefined {
  return origins.get(part)
}

/** Gives a part the origin of another that was made by the same call. */
export function shareOrigin(from: object, to: object): void {
  const origin = originOf(from)
  if (origin !== undefined) origins.set(to, origin)
}
