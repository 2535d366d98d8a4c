/** A text as a literal, in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  const quote = countOf(text, "'") > countOf(text, '"') ? '"' : "'"
  return `${quote}${text.replace(/[\\'"\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu, sign => escaped(sign, quote))}${quote}`
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\' }

function escaped(sign: string, quote: string): string {
  if (sign === "'" || sign === '"') return sign === quote ? `\\${sign}` : sign
  return short[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function countOf(text: string, sign: string): number {
  return text.split(sign).length - 1
}

/** A key of an object literal. */
export function keyOf(key: string): string {
  // Unquoted and quoted it would set the prototype.
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)
}

/** A template literal with names between the texts. */
export function template(parts: readonly (string | { readonly name: string })[]): string {
  const written = parts.map(part => (typeof part === 'string' ? inTemplate(part) : `\${${part.name}}`))
  return `\`${written.join('')}\``
}

function inTemplate(text: string): string {
  return text.replace(/[\\`\p{Cc}\p{Cs}\u2028\u2029\ufeff]|\$(?=\{)/gu, sign =>
    sign === '`' || sign === '$' ? `\\${sign}` : escaped(sign, '`')
  )
}

/** Whether a text of several lines can stand in `lines` as it is. */
export function fitsLines(text: string): boolean {
  const rows = text.split('\n')
  return (
    rows.length > (text.endsWith('\n') ? 2 : 1) &&
    !/[^\P{Cc}\n\t]|[\p{Cs}\u2028\u2029\ufeff]/u.test(text) &&
    // Blanks before the closing backtick are not the text's, nor a backslash there.
    !/[\s\\]$/.test(text.replace(/\n$/, '')) &&
    rows.some(row => row.trim() !== '' && !/^\s/.test(row))
  )
}

/** A text of several lines, indented with the code round it. */
export function indentedLines(text: string, indent: string): string {
  const within = `${indent}  `
  const rows = text
    .replace(/(\\*)(`|\$\{)/g, (_, before: string, sign: string) => `${before}${before}\\${sign}`)
    .split('\n')
    .map(row => (row === '' ? '' : `${within}${row}`))
  const closing = text.endsWith('\n') ? indent : ''
  return `lines\`\n${rows.join('\n')}${closing}\``
}
