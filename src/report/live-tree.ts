import type { RunEvent } from '../core/run-event.ts'
import { cleanLine, widthOf } from '../core/screen-text.ts'
import { applyEvent, emptyRun } from './run-view.ts'
import type { Abilities } from './style.ts'
import { treeFrame } from './tree-frame.ts'

export interface LiveTreeOptions extends Pick<Abilities, 'colour' | 'unicode'> {
  readonly write: (text: string) => void
  /** Asked at each drawing: a person may change the size of the window. */
  readonly size: () => { readonly columns: number; readonly rows: number }
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls again and again until the returned function is called. @default setInterval, which keeps no process alive */
  readonly every?: (millis: number, call: () => void) => () => void
}

export interface LiveTree {
  readonly event: (event: RunEvent) => void
  /** Writes a line that stays, above the tree. */
  readonly print: (line: string) => void
  /** Draws the tree for the last time and leaves it there. Safe to call twice. */
  readonly close: () => void
}

/** Ten times a second: quick enough to look alive, slow enough for a connection across the world. */
const redrawMillis = 100

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
const clearToEnd = '\u001b[J'
const clearLine = '\u001b[K'
const upBy = (lines: number): string => (lines > 0 ? `\u001b[${lines}A\r` : '\r')

/** A run as a tree on a terminal, drawn again in place as it goes on. */
export function createLiveTree(options: LiveTreeOptions): LiveTree {
  const { write, size, now, colour, unicode } = options
  const run = emptyRun()
  let drawn: readonly string[] = []
  let closed = false

  const draw = (last: boolean, above: readonly string[] = []): void => {
    // The last column stays free: many terminals wrap a line that fills it.
    const { columns, rows } = size()
    const room = Math.max(20, columns - 1)
    const lines = treeFrame(run, {
      columns: room,
      ...(last ? {} : { lines: Math.max(6, rows - 1) }),
      now: now(),
      colour,
      unicode
    })
    const text = [...above, ...lines].map(line => `${line}${clearLine}\n`).join('')
    // Line by line over what stands there: a screen cleared first would flicker.
    write(`${upBy(rowsTaken(drawn, columns))}${text}${clearToEnd}`)
    drawn = lines
  }

  const every = options.every ?? everyUnheld
  write(hideCursor)
  const stop = every(redrawMillis, () => {
    if (run.startedAt > 0) draw(false)
  })

  const print = (line: string): void => {
    if (closed || run.startedAt === 0) write(`${cleanLine(line)}\n`)
    else draw(false, [cleanLine(line)])
  }

  return {
    event(event) {
      applyEvent(run, event)
      if (event.kind === 'notice') print(`note: ${event.message}`)
    },
    print,
    close() {
      if (closed) return
      closed = true
      stop()
      if (run.startedAt > 0) draw(true)
      write(showCursor)
    }
  }
}

/** A window made narrower since has wrapped what was drawn in it. */
function rowsTaken(lines: readonly string[], columns: number): number {
  return lines.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil(widthOf(cleanLine(line)) / Math.max(1, columns))),
    0
  )
}

function everyUnheld(millis: number, call: () => void): () => void {
  const timer = setInterval(call, millis)
  timer.unref()
  return () => clearInterval(timer)
}
