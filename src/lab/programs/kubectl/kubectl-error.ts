/** A failure that kubectl tells its user, with the exit code that it ends in. */
export class KubectlError extends Error {
  readonly code: number

  constructor(message: string, code = 1, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An answer of the API server that is no success. */
export class ServerRefused extends KubectlError {
  readonly status: number
  /** Such as `NotFound`. */
  readonly reason: string

  constructor(status: number, reason: string, message: string) {
    super(status === 401 ? `error: You must be logged in to the server (${reason})` : message)
    this.status = status
    this.reason = reason
  }

  /** In kubectl's words for an answer about one object. */
  static of(status: number, reason: string, message: string): ServerRefused {
    return new ServerRefused(
      status,
      reason,
      `Error from server${reason === '' ? '' : ` (${reason})`}: ${message}`
    )
  }
}
