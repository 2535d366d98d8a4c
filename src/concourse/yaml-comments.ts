import { EVENT_ID, type Event } from 'js-yaml'
import type { Comment } from './yaml-node.ts'

/** All comments in the order of the page: each `#` between two scalars or tags begins one. */
export function commentsIn(text: string, events: readonly Event[]): Comment[] {
  const comments: Comment[] = []
  let at = text.indexOf('#')
  const skip = (start: number, end: number): void => {
    while (at >= 0 && at < start) {
      const line = restOfLine(text, at)
      comments.push({ text: line.slice(1).trim(), at })
      at = text.indexOf('#', at + line.length)
    }
    if (at >= 0 && at < end) at = text.indexOf('#', end)
  }
  for (const event of events) {
    if (at < 0) break
    if ('tagStart' in event) skip(event.tagStart, event.tagEnd)
    if (event.type === EVENT_ID.SCALAR) skip(event.valueStart, event.valueEnd)
  }
  skip(text.length, text.length)
  return comments
}

const lineEnd = /[\r\n]/g

/** What stands from an offset to the end of its line. */
export function restOfLine(text: string, at: number): string {
  lineEnd.lastIndex = at
  return text.slice(at, lineEnd.exec(text)?.index)
}
