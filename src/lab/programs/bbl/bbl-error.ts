/** bbl ends with exit code 1 and these words. */
export class BblError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.name = 'BblError'
    this.exitCode = exitCode
  }
}
