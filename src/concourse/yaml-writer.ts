import type { Json, JsonObject } from './model.ts'
import { resolvePlain } from './yaml-scalar.ts'

/**
 * Text that every reader of YAML, 1.1 or 1.2, takes for that very text when it stands unquoted in a block: words,
 * paths, addresses, `((vars))`. Digits begin it only in a duration, since some readers know dates and sexagesimals.
 */
const plain =
  /^(?:[A-Za-z_/(]|\.{1,2}\/|\.[A-Za-z])(?:[\w./()@+=,%~*$&<>|;!?^-]|:(?=[\w./()])| (?=[\w./()@+=,%~*$&<>|;!?^-]))*$/
const duration = /^(?:[0-9]+(?:h|ms|m|s))+$/

/** What JSON leaves as it is and YAML 1.1 does not: line ends of Unicode, controls, byte order mark. */
const unquotable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** Anything but a tab, a line feed and what may stand in YAML as it is. */
const unprintable = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * Writes plain data as YAML that Concourse reads back as the same data: blocks only, lists flush with their key,
 * no aliases, no folding, and quotes round any text that some reader might take for something else. The same data
 * give the same bytes. Numbers must be finite, text well-formed Unicode, and keys shorter than 1024 characters, within
 * which YAML wants their colon.
 */
export function writeYaml(value: readonly Json[] | JsonObject): string {
  const out: string[] = []
  if (isEmpty(value)) out.push(isList(value) ? '[]\n' : '{}\n')
  else if (isList(value)) writeList(value, '', '', out)
  else writeMap(value, '', '', out)
  return out.join('')
}

/** `lead` stands before the first key: the indentation, or a list's dash. */
function writeMap(map: JsonObject, indent: string, lead: string, out: string[]): void {
  let before = lead
  for (const [key, value] of Object.entries(map)) {
    out.push(before, inline(key), ':')
    if (!isCollection(value) || isEmpty(value)) writeLeaf(value, indent, out)
    else {
      out.push('\n')
      if (isList(value)) writeList(value, indent, indent, out)
      else writeMap(value, `${indent}  `, `${indent}  `, out)
    }
    before = indent
  }
}

function writeList(list: readonly Json[], indent: string, lead: string, out: string[]): void {
  let before = lead
  for (const item of list) {
    if (!isCollection(item) || isEmpty(item)) {
      out.push(before, '-')
      writeLeaf(item, indent, out)
    } else if (isList(item)) writeList(item, `${indent}  `, `${before}- `, out)
    else writeMap(item, `${indent}  `, `${before}- `, out)
    before = indent
  }
}

function writeLeaf(value: Json, indent: string, out: string[]): void {
  if (typeof value !== 'string') out.push(' ', JSON.stringify(value), '\n')
  else if (isLiteral(value)) out.push(' ', literal(value, `${indent}  `), '\n')
  else out.push(' ', inline(value), '\n')
}

/** Text on one line, as a key or a value. */
function inline(text: string): string {
  if ((plain.test(text) && resolvePlain(text) === text) || duration.test(text)) return text
  const quoted = JSON.stringify(text)
  // JSON within text is easier to read in single quotes, which leave it as it is.
  if (quoted.includes('\\') && !/['\n\t]/.test(text) && !unprintable.test(text)) return `'${text}'`
  return quoted.replace(
    unquotable,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

/** Blanks at the end of a line and blank lines at the end of the text would be there, but not to be seen. */
function isLiteral(text: string): boolean {
  if (!text.includes('\n') || text === '\n' || text.endsWith('\n\n')) return false
  return !/[ \t]$/m.test(text) && !unprintable.test(text)
}

function literal(text: string, indent: string): string {
  const ended = text.endsWith('\n')
  const lines = (ended ? text.slice(0, -1) : text).split('\n')
  // A reader finds out the indentation by itself, unless the text begins with a blank.
  const depth = /^\n*[ \t]/.test(text) ? '2' : ''
  const body = lines.map(line => (line === '' ? '' : indent + line)).join('\n')
  return `|${depth}${ended ? '' : '-'}\n${body}`
}

function isCollection(value: Json): value is readonly Json[] | JsonObject {
  return typeof value === 'object' && value !== null
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}

function isEmpty(value: readonly Json[] | JsonObject): boolean {
  return isList(value) ? value.length === 0 : Object.keys(value).length === 0
}
