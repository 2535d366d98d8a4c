import { CHOMPING_MODE, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { EventOf } from './yaml-events.ts'
import type { ScalarNode } from './yaml-node.ts'
import type { Remarks } from './yaml-remarks.ts'
import { resolvePlain, resolveTagged, type Scalar } from './yaml-scalar.ts'

type ScalarEvent = EventOf<'SCALAR'>

/** A scalar as Concourse reads it. `end` is where the event before it ends. A tag that does not fit is remarked. */
export function scalarNode(text: string, event: ScalarEvent, end: number, remarks: Remarks): ScalarNode {
  const written = writtenIn(text, event)
  const at = startOf(text, event, end)
  return { kind: 'scalar', value: valueOf(text, event, written, remarks), written, at }
}

function valueOf(text: string, event: ScalarEvent, written: string, remarks: Remarks): Scalar {
  const { style, tagStart, tagEnd } = event
  if (tagStart < 0) return style === SCALAR_STYLE.PLAIN ? resolvePlain(written) : written
  const tag = text.slice(tagStart, tagEnd)
  const value = resolveTagged(tag, written)
  if (value !== undefined) return value
  const message = `found ${JSON.stringify(written.slice(0, 40))} with the tag ${tag}, which does not fit it`
  remarks.add({ code: 'wrong-tag', severity: 'error', message, hint: 'remove the tag', at: tagStart })
  return null
}

function writtenIn(text: string, event: ScalarEvent): string {
  const { style, fast, valueStart, valueEnd } = event
  if (style === SCALAR_STYLE.DOUBLE_QUOTED && !fast) {
    // The parser does not know \', which go-yaml takes.
    const escaped = text
      .slice(valueStart, valueEnd)
      .replace(/\\[^]/g, pair => (pair === "\\'" ? '\\x27' : pair))
    return getScalarValue(escaped, { ...event, valueStart: 0, valueEnd: escaped.length })
  }
  const written = getScalarValue(text, event)
  const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK
  // Where the text ends without a line end, so does a block to go-yaml.
  const isCut = isBlock && valueEnd === text.length && /[^\r\n]$/.test(text)
  return isCut && event.chomping !== CHOMPING_MODE.STRIP ? written.slice(0, -1) : written
}

/** Whether a scalar merges as a key. */
export function isMergeKey(text: string, { style, tagStart, tagEnd }: ScalarEvent, written: string): boolean {
  if (written !== '<<') return false
  return tagStart < 0 ? style === SCALAR_STYLE.PLAIN : text.slice(tagStart, tagEnd) === '!!merge'
}

/** Where the quote or the sign of the block stands, or where nothing stands. */
function startOf(text: string, event: ScalarEvent, end: number): number {
  const { valueStart, style, anchorEnd, tagEnd } = event
  const from = Math.max(anchorEnd, tagEnd, end)
  if (valueStart < 0) {
    blank.lastIndex = from
    return blank.test(text) ? blank.lastIndex : end
  }
  if (style === SCALAR_STYLE.PLAIN) return valueStart
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1
  const line = text.lastIndexOf('\n', valueStart - 2) + 1
  return text.indexOf(style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>', Math.max(line, from))
}

/** What stands between the end of a value and one that is empty. */
const blank = /\s*[-:?,]?/y
