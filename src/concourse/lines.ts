/**
 * Text of several lines, such as a script: as it stands but for the indentation of the code round it, and for what has
 * to stand before a backtick or `${`: a backslash, and each backslash before that one doubled. The first line is the
 * one below the opening backtick.
 *
 *     lines`
 *       set -eu
 *       echo \${HOME}
 *     `
 */
export function lines(template: TemplateStringsArray): string {
  const [first, ...written] = (template.raw[0] ?? '').split('\n')
  const last = written.at(-1)
  const rows = first === '' ? written : [first ?? '', ...written]
  const margin = Math.min(...rows.filter(row => row.trim() !== '').map(indentationOf))
  const text = rows.map(row => row.slice(margin)).join('\n')
  // The blanks before the closing backtick are the code's.
  const whole = last !== undefined && last.trim() === '' ? text.slice(0, text.lastIndexOf('\n') + 1) : text
  return whole.replace(
    /(\\*)\\(`|\$\{)/g,
    (_, before: string, sign: string) => before.slice(before.length / 2) + sign
  )
}

function indentationOf(row: string): number {
  return row.length - row.trimStart().length
}
