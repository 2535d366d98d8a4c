import { mask } from '../core/redact.ts'
import { charactersOf, widthOf } from '../core/screen-text.ts'
import type { SourceLine, SourceLines } from './findings-source.ts'
import type { Paint, Style } from './style.ts'

export interface FrameOptions {
  /** Columns that a line of the frame may take. */
  readonly columns: number
  readonly style: Style
  /** Colour of the caret. */
  readonly accent: Paint
}

const linesBefore = 2
const linesAfter = 1
const tabWidth = 4
/** A narrower line says nothing; a terminal wraps it. */
const leastRoom = 20

/**
 * The lines round a place, numbered, with a caret below its column (both counted from 1, the column in UTF-16 units).
 * Nothing where the file has no such line.
 */
export function codeFrame(
  source: SourceLines,
  place: { readonly line: number; readonly column?: number },
  { columns, style, accent }: FrameOptions
): string[] {
  if (source.line(place.line) === undefined) return []
  const numberWidth = String(place.line + linesAfter).length + 2
  const room = Math.max(leastRoom, columns - numberWidth - 3)
  const rows: string[] = []
  const add = (label: string, text: string): number =>
    rows.push(`${style.dim(`${label.padStart(numberWidth)} |`)} ${text}`.trimEnd())
  for (let number = place.line - linesBefore; number <= place.line + linesAfter; number += 1) {
    const line = source.line(number)
    if (line === undefined) continue
    if (number !== place.line) {
      add(String(number), layOut(line, 0, room).text)
      continue
    }
    const caret = place.column === undefined ? undefined : Math.min(place.column - 1, line.text.length)
    const shown = layOut(line, firstShown(line, caret ?? 0, room), room, caret)
    add(String(number), shown.text)
    if (shown.caret !== undefined) add('', `${' '.repeat(shown.caret)}${accent('^')}`)
  }
  return rows
}

/** The offset that a long line is shown from, so that the caret and what follows it can be seen. */
function firstShown({ text, secrets }: SourceLine, caret: number, room: number): number {
  if (caret < room * unitsPerColumn) {
    const before = layOut({ text, secrets }, 0, room, caret).caret
    if (before !== undefined && before < room * 0.9) return 0
  }
  const from = caret - Math.floor(room / tabWidth)
  const inSecret = secrets.find(part => part.from < from && from < part.to)
  if (inSecret !== undefined) return inSecret.from
  // Half of a character is none.
  return /^[\udc00-\udfff]/.test(text.slice(from)) ? from + 1 : from
}

interface LaidOut {
  readonly text: string
  /** Column of the caret, counted from 0; absent where it is not in what is shown. */
  readonly caret: number | undefined
}

/** More UTF-16 units in one column are shown by nobody, so that a line of any length is cut in no time. */
const unitsPerColumn = 8

/** A line from an offset on, as it stands on a screen: secrets masked, tabs as spaces, cut to the room. */
function layOut(line: SourceLine, from: number, room: number, caret?: number): LaidOut {
  let text = from > 0 ? '…' : ''
  let width = text.length
  let caretAt: number | undefined
  for (const { shown, end } of pieces(line, from, room * unitsPerColumn)) {
    if (caretAt === undefined && caret !== undefined && end > caret) caretAt = width
    const piece = shown === '\t' ? ' '.repeat(tabWidth - (width % tabWidth)) : visible(shown)
    const more = widthOf(piece)
    if (width + more > room - 1 && !(end >= line.text.length && width + more === room)) {
      return { text: `${text}…`, caret: caretAt }
    }
    text += piece
    width += more
  }
  return { text, caret: caret === line.text.length ? width : caretAt }
}

interface Piece {
  readonly shown: string
  /** Offset of what follows it. */
  readonly end: number
}

/** What people take for one character each, and a mask for each secret; at most so many units without a secret. */
function* pieces({ text, secrets }: SourceLine, from: number, most: number): Iterable<Piece> {
  let end = from
  for (const part of [...secrets.filter(({ to }) => to > from), { from: text.length, to: 0 }]) {
    const stretch = text.slice(end, Math.min(Math.max(end, part.from), end + most))
    for (const shown of charactersOf(stretch)) {
      end += shown.length
      yield { shown, end }
    }
    if (end < part.from) return
    if (part.to > end) {
      end = part.to
      yield { shown: mask, end }
    }
  }
}

/** Text that can do nothing to a terminal: control characters and changes of direction become a dot. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '·')
}
