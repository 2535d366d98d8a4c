import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event } from 'js-yaml'
import type { EventOf } from './yaml-events.ts'
import type { Remark } from './yaml-node.ts'
import { syntaxError } from './yaml-remarks.ts'
import { strangeTab } from './yaml-tabs.ts'

/**
 * Something in a document that the parser takes and go-yaml does not, or reads as something else
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/scannerc.go).
 */
export function unlikeGo(text: string, events: readonly Event[]): Remark | undefined {
  const inBrackets: boolean[] = []
  for (const event of events) {
    if (event.type === EVENT_ID.POP) inBrackets.pop()
    else if ('start' in event) inBrackets.push(event.style === COLLECTION_STYLE.FLOW)
    const remark = strangeEvent(text, event, inBrackets.at(-1) === true)
    if (remark !== undefined) return remark
  }
  return strangeTab(text, events)
}

type ScalarEvent = EventOf<'SCALAR'>

function strangeEvent(text: string, event: Event, isFlow: boolean): Remark | undefined {
  if (event.type === EVENT_ID.SCALAR) return strangeScalar(text, event, isFlow)
  return event.type === EVENT_ID.DOCUMENT ? strangeVersion(text, event) : undefined
}

function strangeVersion(text: string, { directives }: EventOf<'DOCUMENT'>): Remark | undefined {
  const isStrange = directives.some(directive => directive.kind === 'yaml' && directive.version !== '1.1')
  if (!isStrange) return undefined
  return syntaxError(text.search(/^%YAML/m), 'found another version of YAML, expected 1.1', 'remove the line')
}

function strangeScalar(text: string, event: ScalarEvent, isFlow: boolean): Remark | undefined {
  const { valueStart, valueEnd, style, fast } = event
  if (style === SCALAR_STYLE.DOUBLE_QUOTED && !fast) {
    const remark = strangeEscape(text.slice(valueStart, valueEnd), valueStart)
    if (remark !== undefined) return remark
  }
  if (!isFlow || valueStart < 0) return undefined
  const remark = style === SCALAR_STYLE.PLAIN ? strangeWord(text, event) : undefined
  return remark ?? keyOverLines(text, event)
}

/** Half of a surrogate pair, what is beyond Unicode, and a slash. */
function strangeEscape(written: string, start: number): Remark | undefined {
  for (const { 0: escape, index } of written.matchAll(/\\(?:u[^]{4}|U[^]{8}|[^])/g)) {
    const at = start + index
    if (escape === '\\/') return syntaxError(at, 'found \\/, which YAML 1.1 does not know', 'write / alone')
    const point = escape.length === 2 ? 0 : Number.parseInt(escape.slice(2), 16)
    if ((point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) {
      const message = 'found an escape of half a character, as JSON has it, which YAML does not'
      return syntaxError(at, message, 'write the character itself')
    }
  }
  return undefined
}

function strangeWord(text: string, { valueStart, valueEnd }: ScalarEvent): Remark | undefined {
  const hint = 'put the text in quotes'
  const written = text.slice(valueStart, valueEnd)
  if (written.includes('?')) {
    return syntaxError(valueStart + written.indexOf('?'), 'found a ? without quotes in brackets', hint)
  }
  if (written.startsWith(':')) return syntaxError(valueStart, 'found a colon that nothing is before', hint)
  if (text[valueEnd] !== ':' || !',[]{}'.includes(text.charAt(valueEnd + 1))) return undefined
  return syntaxError(valueEnd, 'found a colon without a blank after it', hint)
}

const colon = /["']?\s*:(?=[\s,[\]{}"'])/y

/** Within brackets a comma that is missing can make one key of two lines. */
function keyOverLines(text: string, { style, valueStart, valueEnd }: ScalarEvent): Remark | undefined {
  colon.lastIndex = valueEnd
  if (!colon.test(text) || !/[\r\n]/.test(text.slice(valueStart, colon.lastIndex))) return undefined
  const at = style === SCALAR_STYLE.PLAIN ? valueStart : valueStart - 1
  const message = 'found a key in brackets whose colon is not on the line where the key begins'
  return syntaxError(at, message, 'put a comma after the entry above, or the key on one line')
}
