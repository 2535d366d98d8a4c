import { parseEvents, SCALAR_STYLE, YAMLException, type Event, type EVENT_ID } from 'js-yaml'
import { restOfLine } from './yaml-comments.ts'
import { joinFlowLines } from './yaml-flow-lines.ts'
import { deepest, tooDeep } from './yaml-limits.ts'
import type { Remark } from './yaml-node.ts'
import { explained } from './yaml-syntax-message.ts'

export type EventOf<K extends keyof typeof EVENT_ID> = Extract<Event, { type: (typeof EVENT_ID)[K] }>

/** A text in which more than these are to be mended one by one is refused. */
const mostRepairs = 20

/**
 * The events of a text, whose offsets are its own. What go-yaml takes and the parser does not is first written as both
 * do, so to read a value take the text and not what was parsed. A remark where both refuse it.
 */
export function eventsIn(text: string): Event[] | Remark {
  let repaired = text
  let result = parsed(text)
  for (let repairs = 0; !Array.isArray(result) && repairs < mostRepairs; repairs += 1) {
    const next = repair(repaired, result)
    if (next === repaired) break
    repaired = next
    result = parsed(repaired)
  }
  if (!Array.isArray(result)) return remarkOn(result, text)
  return repaired === text ? result : split(result, text)
}

interface Failure {
  readonly reason: string
  readonly at: number
}

function parsed(text: string): Event[] | Failure {
  try {
    return parseEvents(text, { maxDepth: deepest })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    return { reason: error.reason, at: error.mark?.position ?? 0 }
  }
}

function remarkOn({ reason, at }: Failure, text: string): Remark {
  return reason.startsWith('nesting exceeded') ? tooDeep(at) : explained(reason, text, at)
}

/** The same text, each character at its place, but for what was in the parser's way. */
function repair(text: string, { reason, at }: Failure): string {
  // Within brackets and quotes go-yaml lets a line begin anywhere.
  if (reason === 'deficient indentation') return joinFlowLines(text)
  // Go-yaml takes \' in double quotes.
  if (reason === 'unknown escape sequence' && text[at] === "'") return replaced(text, at, '"')
  // To go-yaml a comment may touch what is before it.
  if (text[at] !== '#' || text[at - 1] === ':') return text
  return replaced(text, at, ' '.repeat(restOfLine(text, at).length))
}

function replaced(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + by.length)
}

/** Tells the scalars apart that are on one line only since their lines were joined. */
function split(events: Event[], text: string): Event[] | Remark {
  for (const event of events) {
    if (!('fast' in event) || !event.fast) continue
    const written = text.slice(event.valueStart, event.valueEnd)
    if (!/[\r\n]/.test(written)) continue
    const comment = event.style === SCALAR_STYLE.PLAIN ? written.search(/\s#/) : -1
    if (comment >= 0) return remarkOn({ reason: 'missed comma', at: event.valueStart + comment + 1 }, text)
    event.fast = false
  }
  return events
}
