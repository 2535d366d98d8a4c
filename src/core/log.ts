/** Progress for people. Standard error on the command line, the build log in a task. */
export interface Log {
  /** What is being done, one line. */
  info(line: string): void
  /** Something a person should look at, although the work goes on. */
  warn(line: string): void
  /** Output of a program that was started, as it comes. */
  raw(text: string): void
}

/** A log that writes lines to one sink, each cleaned of secrets on its way. */
export function createLog(write: (text: string) => void, redact: (text: string) => string = same): Log {
  return {
    info: line => write(`${redact(line)}\n`),
    warn: line => write(`warning: ${redact(line)}\n`),
    raw: text => write(redact(text))
  }
}

function same(text: string): string {
  return text
}
