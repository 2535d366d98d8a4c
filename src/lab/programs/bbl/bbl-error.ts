/** bbl ends with exit code 1 and these words. */
export class BblError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BblError'
  }
}
