import { compareKeys } from './compare-keys.ts'
import { isMap, type Value } from './value.ts'

/** How Go's two YAML libraries lay a document out. */
export interface YamlStyle {
  /** Blanks by which a map inside a map stands in. */
  readonly indent: number
  /** Whether a list stands in from its key. */
  readonly indentLists: boolean
  /** Whether keys are put in order; else they stand as they were set. */
  readonly sorted: boolean
}

/** gopkg.in/yaml.v2 v2.4.0, encode.go and emitterc.go: what BOSH's programs write. */
const version2: YamlStyle = { indent: 2, indentLists: false, sorted: true }

/** YAML as BOSH's programs write it; long lines are not folded. Ends in a newline. */
export function renderYaml(value: Value, style: YamlStyle = version2): string {
  if (Array.isArray(value) && value.length > 0) return renderList(value, 0, style)
  if (isMap(value) && Object.keys(value).length > 0) return renderMap(value, 0, style)
  return `${renderScalar(value, style.indent)}\n`
}

function renderMap(map: Readonly<Record<string, Value>>, column: number, style: YamlStyle): string {
  const pad = ' '.repeat(column)
  const keys = Object.keys(map)
  return (style.sorted ? keys.sort(compareKeys) : keys)
    .map((key, index) => {
      const lead = index === 0 ? '' : pad
      return `${lead}${renderKey(key)}:${renderChild(map[key] ?? null, column, style)}`
    })
    .join('')
}

function renderChild(value: Value, column: number, style: YamlStyle): string {
  const inner = column + style.indent
  if (Array.isArray(value) && value.length > 0) {
    const list = style.indentLists ? inner : column
    return `\n${' '.repeat(list)}${renderList(value, list, style)}`
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    return `\n${' '.repeat(inner)}${renderMap(value, inner, style)}`
  }
  return ` ${renderScalar(value, inner)}\n`
}

function renderList(list: readonly Value[], column: number, style: YamlStyle): string {
  const pad = ' '.repeat(column)
  return list
    .map((item, index) => `${index === 0 ? '' : pad}- ${renderItem(item, column + 2, style)}`)
    .join('')
}

function renderItem(item: Value, column: number, style: YamlStyle): string {
  if (Array.isArray(item) && item.length > 0) return renderList(item, column, style)
  if (isMap(item) && Object.keys(item).length > 0) return renderMap(item, column, style)
  return `${renderScalar(item, column)}\n`
}

function renderKey(key: string): string {
  return key.includes('\n') ? doubleQuoted(key) : renderText(key)
}

function renderScalar(value: Value, column: number): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return '[]'
  if (typeof value === 'object') return '{}'
  if (typeof value === 'string') return value.includes('\n') ? renderBlock(value, column) : renderText(value)
  return typeof value === 'number' ? renderNumber(value) : String(value)
}

/** Go writes a large number with an exponent of at least two digits. */
function renderNumber(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2')
}

function renderBlock(text: string, column: number): string {
  const trimmed = text.replace(/\n+$/, '')
  if (/ $| \n|[\r\u0085\u2028\u2029]/.test(text) || hasSpecial(text.replaceAll('\n', ''))) {
    return doubleQuoted(text)
  }
  const ending = text.length - trimmed.length
  const chomp = ending === 0 ? '-' : ending === 1 && trimmed !== '' ? '' : '+'
  // A first line that begins with a blank needs the indentation said, or it could not be told.
  const indent = /^[ \n]/.test(text) ? '2' : ''
  const pad = ' '.repeat(column)
  const lines = (ending > 0 ? text.slice(0, -1) : text).split('\n')
  return `|${indent}${chomp}\n${lines.map(line => (line === '' ? '' : pad + line)).join('\n')}`
}

const resolvesToOther =
  /^(?:~|null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|[-+]?\.inf|[-+]?\.Inf|[-+]?\.INF|\.nan|\.NaN|\.NAN)?$/
const number =
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+|[\d_]*\d[\d_]*|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/
const base60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/
const time = /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|\s+)\d\d?:\d\d:\d\d(?:\.\d+)?\s*(?:Z|[-+]\d\d?(?::\d\d)?)?)?$/

function renderText(text: string): string {
  if (resolvesToOther.test(text) || number.test(text) || base60.test(text) || time.test(text)) {
    return doubleQuoted(text)
  }
  if (hasSpecial(text)) return doubleQuoted(text)
  if (isPlain(text)) return text
  return `'${text.replaceAll(`'`, `''`)}'`
}

function isPlain(text: string): boolean {
  if (/^(?:---|\.\.\.)/.test(text) || /^ | $/.test(text)) return false
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?: |\t|$)/.test(text)) return false
  return !/:(?: |\t|$)/.test(text) && !/[ \t]#/.test(text)
}

/** Characters that yaml.v2 writes in double quotes only: controls, the byte order mark, all beyond the basic plane. */
function hasSpecial(text: string): boolean {
  return /[\p{Cc}\p{Cs}\ufeff\u{10000}-\u{10ffff}]/u.test(text)
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P'
}

/** A text in double quotes with the shortest escape of each character that needs one (yaml.v2, emitterc.go). */
function doubleQuoted(text: string): string {
  const inside = text.replaceAll(/["\\\p{Cc}\p{Cs}\u2028\u2029\ufeff\u{10000}-\u{10ffff}]/gu, character => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
    const [letter, digits] = code.length <= 2 ? ['x', 2] : code.length <= 4 ? ['u', 4] : ['U', 8]
    return escapes[character] ?? `\\${letter}${code.padStart(digits, '0')}`
  })
  return `"${inside}"`
}
