/** A failure that cf tells its user. */
export class CfError extends Error {}

/** The end of a command whose exit code is not cf's own: that of a program run by `cf ssh`. */
export class ExitWith extends Error {
  readonly code: number

  constructor(code: number) {
    super(`exit status ${code}`)
    this.code = code
  }
}
