import { isGoTimestamp } from './go-timestamp.ts'
import { resolvePlain } from './yaml-scalar.ts'

export interface ScalarPlace {
  /** Blanks before each line but the first. */
  readonly indent: number
  /** Where it begins, counted from 0; undefined in a key, which is never folded. */
  readonly column: number | undefined
}

/** After so many characters, the next single blank ends the line. */
const width = 80

/** Others stand after a question mark. */
export function isSimpleKey(key: string): boolean {
  return !hasBreak.test(key) && Buffer.byteLength(key) <= 128
}

/**
 * Text as go-yaml 2 writes it: as it is where that is read as text, else in quotes; over several lines where it has
 * some (https://github.com/yaml/go-yaml/blob/v2.4.4/encode.go, stringv, and emitterc.go, analyze_scalar).
 */
export function goScalar(text: string, place: ScalarPlace): string {
  const isKept = !unprintable.test(text) && !blankBeforeBreak.test(text)
  if (text.includes('\n')) {
    return isKept && !text.endsWith(' ') ? literal(text, place) : doubleQuoted(text, place)
  }
  if (resolvesToOther(text)) return doubleQuoted(text, place)
  if (isKept && !hasBreak.test(text) && !/^ | $/.test(text) && !indicator.test(text)) {
    return folded(Array.from(text), place)
  }
  return isKept && !blankAfterBreak.test(text) ? singleQuoted(text, place) : doubleQuoted(text, place)
}

/** What a YAML 1.1 reader takes for the end of a line; of these, only a line feed and the separators are printable. */
const hasBreak = /[\r\n\x85\u2028\u2029]/
const blankBeforeBreak = / [\r\n\x85\u2028\u2029]/
const blankAfterBreak = /[\r\n\x85\u2028\u2029] /
const unprintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const indicator = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))|:(?:[ \t]|$)|[ \u2028\u2029]#/
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** Whether it would be read as something else than text, by this reader or by one that knows sexagesimals. */
function resolvesToOther(text: string): boolean {
  return typeof resolvePlain(text) !== 'string' || isGoTimestamp(text) || base60.test(text)
}

/** A reader finds out the indentation by itself, unless the text begins with a blank. */
function literal(text: string, { indent }: ScalarPlace): string {
  const depth = /^[ \n\u2028\u2029]/.test(text) ? '2' : ''
  const isEnded = /[\n\u2028\u2029]$/.test(text)
  const chomping = isEnded ? (/^.$|[\n\u2028\u2029].$/su.test(text) ? '+' : '') : '-'
  const body = text.replace(/(?:^|(?<=[\n\u2028\u2029]))(?=[^\n\u2028\u2029])/g, ' '.repeat(indent))
  return `|${depth}${chomping}\n${body}`
}

function singleQuoted(text: string, { indent, column }: ScalarPlace): string {
  const characters = Array.from(text, character => (character === "'" ? "''" : character))
  const inner = folded(characters, { indent, column: column === undefined ? column : column + 1 })
  // Line separators are kept as they are, and the lines after them indented.
  return `'${inner.replace(/(?<=[\u2028\u2029])(?=[^\u2028\u2029])/g, ' '.repeat(indent))}'`
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P'
}

function doubleQuoted(text: string, { indent, column }: ScalarPlace): string {
  // Where a byte order mark begins the text, it takes every character for one.
  const isEscaped = (character: string) =>
    text.startsWith('\ufeff') ||
    unprintable.test(character) ||
    hasBreak.test(character) ||
    /["\\]/.test(character)
  const characters = Array.from(text, character => (isEscaped(character) ? escaped(character) : character))
  return `"${folded(characters, { indent, column: column === undefined ? column : column + 1 }, '\\')}"`
}

function escaped(character: string): string {
  const short = shortEscapes[character]
  if (short !== undefined) return `\\${short}`
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

/**
 * What the characters became, with lines ended at blanks. A blank beside another ends none, unless there is something
 * that keeps those which begin a line.
 */
function folded(characters: readonly string[], { indent, column }: ScalarPlace, keeper = ''): string {
  if (column === undefined || !characters.includes(' ')) return characters.join('')
  let [text, at] = ['', column]
  for (const [index, character] of characters.entries()) {
    const [last, next] = [characters[index - 1], characters[index + 1]]
    const mayEnd = character === ' ' && last !== ' ' && last !== undefined && next !== undefined
    if (mayEnd && at > width && (next !== ' ' || keeper !== '')) {
      text += `\n${' '.repeat(indent)}${next === ' ' ? keeper : ''}`
      at = indent + (next === ' ' ? keeper.length : 0)
    } else {
      text += character
      at = /[\u2028\u2029]/.test(character) ? indent : at + Array.from(character).length
    }
  }
  return text
}
