/** An error of the Director with its number (bosh v283, src/bosh-director/lib/bosh/director/errors.rb). */
export class DirectorError extends Error {
  readonly code: number
  /** HTTP status, where the error answers a request. */
  readonly status: number

  constructor(code: number, message: string, status = 400) {
    super(message)
    this.name = 'DirectorError'
    this.code = code
    this.status = status
  }
}

/** A task was cancelled at one of its checkpoints. */
export function taskCancelled(id: number): DirectorError {
  return new DirectorError(10001, `Task ${id} cancelled`, 200)
}

/** The number of errors that have none of their own. */
export const unknownCode = 100

/** The one line that the Director's API returns of an error. */
export function payloadOf({ code, message }: DirectorError): string {
  return JSON.stringify({ code, description: message })
}
