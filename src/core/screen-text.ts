import { stripVTControlCharacters } from 'node:util'

/** A line of a program's output as it may stand on our screen: no colours, no cursor movements, no tabs. */
export function cleanLine(text: string): string {
  // What a carriage return would overwrite is gone on a terminal as well.
  const last = text.replace(/\r+$/, '').split('\r').at(-1) ?? ''
  return (
    stripVTControlCharacters(last)
      .replaceAll('\t', '  ')
      // Control characters, and marks that would turn the direction of the text that follows.
      .replaceAll(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '')
  )
}

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const character of charactersOf(text)) width += widthOfGrapheme(character)
  return width
}

/** At most so many columns of a text; what is cut off is marked. */
export function cutTo(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (widthOf(text) <= columns) return text
  let cut = ''
  let width = 0
  for (const character of charactersOf(text)) {
    const more = widthOfGrapheme(character)
    if (width + more > columns - 1) break
    cut += character
    width += more
  }
  return `${cut}…`
}

/** As `padEnd`, in columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

let graphemes: Intl.Segmenter | undefined

/** What people take for one character each, whatever it is made of. ASCII does without what takes long to make. */
export function* charactersOf(text: string): Iterable<string> {
  if (/^[\t\x20-\x7e]*$/.test(text)) {
    yield* text
    return
  }
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  for (const { segment } of graphemes.segment(text)) yield segment
}

function widthOfGrapheme(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u.test(grapheme)) return 0
  return /^(\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])|\ufe0f/u.test(
    grapheme
  )
    ? 2
    : 1
}
