import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event } from 'js-yaml'
import type { Remark } from './yaml-node.ts'
import { syntaxError } from './yaml-remarks.ts'

/** A tab that go-yaml does not take: it takes one only where no key can begin. */
export function strangeTab(text: string, events: readonly Event[]): Remark | undefined {
  const at = text.includes('\t') ? tabIn(text, events) : -1
  if (at < 0) return undefined
  return syntaxError(at, 'found a tab where a key or a value may begin, expected blanks', 'replace the tab')
}

/** Where nothing of a document stands, and what comes before it. */
interface Gap {
  readonly from: number
  readonly after: 'plain' | 'brackets' | 'nothing'
}

/** Negative where there is none. */
function tabIn(text: string, events: readonly Event[]): number {
  const inBrackets: boolean[] = []
  let gap: Gap = { from: 0, after: 'nothing' }
  for (const event of events) {
    const isFlow = inBrackets.at(-1) === true
    if (event.type === EVENT_ID.POP) {
      if (inBrackets.pop() === true) gap = { from: gap.from, after: 'brackets' }
      continue
    }
    const [start, end] = extent(event)
    if (start < 0) continue
    const tab = isFlow ? -1 : tabInGap(text, gap, start)
    if (tab >= 0) return tab
    const isPlain = event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN
    if (isPlain && inBrackets.includes(false)) {
      tabbedLine.lastIndex = end
      if (tabbedLine.test(text)) return tabbedLine.lastIndex - 1
    }
    gap = { from: end, after: isPlain ? 'plain' : 'nothing' }
    if ('start' in event) inBrackets.push(event.style === COLLECTION_STYLE.FLOW)
  }
  return tabInGap(text, gap, text.length)
}

/** What go-yaml does not take below text without quotes, be it in brackets. */
const tabbedLine = /(?:[ \t]*[\r\n])+\t/y

/** Negative where nothing is written. */
function extent(event: Event): readonly [start: number, end: number] {
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      const isQuoted =
        event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
      return [event.valueStart, event.valueEnd + (isQuoted ? 1 : 0)]
    }
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return [event.start, event.start]
    case EVENT_ID.ALIAS:
      return [event.anchorStart, event.anchorEnd]
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return [-1, -1]
  }
}

function tabInGap(text: string, { from, after }: Gap, to: number): number {
  const start =
    after === 'brackets'
      ? Math.max(from, text.lastIndexOf(']', to - 1), text.lastIndexOf('}', to - 1))
      : Math.max(0, from - 1)
  const gap = text.slice(start, to)
  if (!gap.includes('\t')) return -1
  const bare = gap.replace(/#[^\r\n]*/g, comment => ' '.repeat(comment.length))
  // What goes on without quotes swallows such lines itself, if they are indented.
  const strange = after === 'plain' ? /[\r\n]\t|(?<=\s)[-?] *\t/ : /(?:^|[\r\n]) *\t|(?<!\S)[-?] *\t/
  const found = strange.exec(bare)
  return found === null ? -1 : start + found.index + found[0].length - 1
}
