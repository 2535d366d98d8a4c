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
  if (isEmpty(value)) return isList(value) ? '[]\n' : '{}\n'
  return isList(value) ? list(value, '', '') : map(value, '', '')
}

/** `lead` stands before the first key: the indentation, or a list's dash. */
function map(value: JsonObject, indent: string, lead: string): string {
  let text = ''
  // Plain data has no keys but its own.
  for (const key in value) {
    const child = value[key]
    if (child === undefined) continue
    text += `${text === '' ? lead : indent}${inline(key)}:`
    if (!isCollection(child) || isEmpty(child)) text += leaf(child, indent)
    else if (isList(child)) text += `\n${list(child, indent, indent)}`
    else text += `\n${map(child, `${indent}  `, `${indent}  `)}`
  }
  return text
}

function list(value: readonly Json[], indent: string, lead: string): string {
  let text = ''
  for (const item of value) {
    const before = `${text === '' ? lead : indent}-`
    if (!isCollection(item) || isEmpty(item)) text += `${before}${leaf(item, indent)}`
    else if (isList(item)) text += list(item, `${indent}  `, `${before} `)
    else text += map(item, `${indent}  `, `${before} `)
  }
  return text
}

function leaf(value: Json, indent: string): string {
  if (typeof value !== 'string') return ` ${JSON.stringify(value)}\n`
  return ` ${isLiteral(value) ? literal(value, `${indent}  `) : inline(value)}\n`
}

/** Short texts and how they are written: a pipeline says few of them, thousands of times. */
const known = new Map<string, string>()
const [longestKnown, mostKnown] = [32, 4096]

/** Text on one line, as a key or a value. */
function inline(text: string): string {
  if (text.length > longestKnown) return written(text)
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= mostKnown) known.clear()
  const result = written(text)
  known.set(text, result)
  return result
}

function written(text: string): string {
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
  if (isList(value)) return value.length === 0
  // Asked of every map there is: a list of its keys would be made for nothing.
  for (const _key in value) return false
  return true
}
