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

let notesCalls = false

export function areCallsNoted(): boolean {
  return notesCalls
}

/**
 * Notes who calls constructors while `work` runs. To note a call costs more than to make what it makes, so a program is
 * run without first, and again with it where something is to be told of its pipeline.
 */
export async function notingCalls<T>(work: () => T | Promise<T>): Promise<T> {
  notesCalls = true
  try {
    return await work()
  } finally {
    notesCalls = false
  }
}

/** The engine notes the frame when this is made, and writes it down when `stack` is read. */
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

/** Remembers what is allowed in a part of a pipeline and, while calls are noted, who called `constructor` to make it. */
export function remember(part: object, constructor: CallableFunction, allowed?: Allowed): void {
  if (notesCalls) origins.set(part, new Call(constructor, allowed ?? nothing))
  else if (allowed !== undefined) origins.set(part, { allowed, frame: () => undefined })
}

export function originOf(part: object): Origin | undefined {
  return origins.get(part)
}

/** Gives a part the origin of another that was made by the same call. */
export function shareOrigin(from: object, to: object): void {
  const origin = originOf(from)
  if (origin !== undefined) origins.set(to, origin)
}
