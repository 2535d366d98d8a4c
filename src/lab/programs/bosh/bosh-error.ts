import { messageOf } from '../../../core/errors.ts'

/** A failure as BOSH's CLI prints it: what was attempted, and below it the cause, or several causes. */
export class BoshError extends Error {
  readonly causes: readonly Error[]

  constructor(message: string, causes: readonly Error[] = []) {
    super(message)
    this.name = 'BoshError'
    this.causes = causes
  }
}

/** The failure under a line that says what was attempted. */
export function wrap(thrown: unknown, attempted: string): BoshError {
  return new BoshError(attempted, [thrown instanceof Error ? thrown : new BoshError(messageOf(thrown))])
}

/** Runs a piece of work; its failure comes out under a line that says what was attempted. */
export async function attempt<T>(attempted: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw wrap(thrown, attempted)
  }
}

/** All lines of a failure, causes indented below what they caused (bosh-cli v7, ui/fmt/multiline_error.go). */
export function multiline(error: Error): string {
  return linesOf(error, '').join('\n')
}

/** The failure on one line, as it stands inside a message about a flag. */
export function oneLine(error: Error): string {
  if (!(error instanceof BoshError)) return error.message
  const causes = error.causes.map(oneLine).join('\n')
  return [error.message, causes].filter(part => part !== '').join(': ')
}

function linesOf(error: Error, prefix: string): readonly string[] {
  if (!(error instanceof BoshError) || error.causes.length === 0) return [prefix + error.message]
  const [only] = error.causes
  if (error.message === '') {
    return error.causes.flatMap(cause => {
      const [first = '', ...rest] = linesOf(cause, '')
      return [`${prefix}- ${first}`, ...rest.map(line => `${prefix}  ${line}`)]
    })
  }
  return [`${prefix}${error.message}:`, ...(only === undefined ? [] : linesOf(only, `${prefix}  `))]
}
