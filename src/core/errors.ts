/**
 * Exit codes of the command line and of every task program.
 * A Concourse task that ends in any code but 0 has failed; the code tells a person which kind of failure it was.
 */
export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  findings: 3,
  program: 4,
  timeout: 5,
  differs: 6,
  refused: 7
} as const

export type Outcome = keyof typeof exitCodes

export interface UserErrorOptions {
  /** One imperative sentence: what the reader should do now. */
  readonly hint?: string
  readonly cause?: unknown
}

/**
 * An error that the reader can do something about. It is printed as two lines, `error: …` and `hint: …`;
 * any other error is our own bug and keeps its stack.
 *
 * The message says where, what was found and what was expected, in that order.
 */
export class UserError extends Error {
  readonly outcome: Outcome
  readonly hint: string | undefined

  constructor(outcome: Exclude<Outcome, 'done' | 'bug'>, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'UserError'
    this.outcome = outcome
    this.hint = options.hint
  }

  get exitCode(): number {
    return exitCodes[this.outcome]
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** Node's error code (`ENOENT`, `ENOSPC` …) of a failed system call, if that is what was thrown. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** Whether waiting was cut short by an abort signal: neither our bug nor the reader's mistake. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError'
}
