import { UserError } from '../core/errors.ts'

/**
 * Reads what `bbl print-env` prints for a POSIX shell, `export NAME=value` in any order, as data: a value may be bare, or
 * in quotes and then run over several lines. Nothing is evaluated. Throws a UserError at a line that is no export.
 */
export function parseExports(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  let rest = text
  while (rest.trim() !== '') {
    rest = rest.replace(/^\s+/, '')
    const head = /^export ([A-Za-z_]\w*)=/.exec(rest)
    const name = head?.[1]
    if (head === null || name === undefined) throw notAnExport(rest)
    const { value, length } = readValue(rest.slice(head[0].length))
    values[name] = value
    rest = rest.slice(head[0].length + length)
  }
  return values
}

function readValue(text: string): { value: string; length: number } {
  const quote = text[0]
  if (quote !== "'" && quote !== '"') {
    const end = text.indexOf('\n')
    const length = end === -1 ? text.length : end
    return { value: text.slice(0, length).trimEnd(), length }
  }
  const end = text.indexOf(quote, 1)
  if (end === -1) throw notAnExport(text)
  return { value: text.slice(1, end), length: end + 1 }
}

function notAnExport(text: string): UserError {
  // The text may hold a secret: its beginning up to the value is all that is shown.
  const shown = text.split('\n', 1)[0]?.replace(/=.*/, '=…') ?? ''
  return new UserError('program', `bbl print-env: found ${JSON.stringify(shown)}, expected export NAME=value`)
}
