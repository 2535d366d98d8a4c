import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/core/run-event.ts'
import { createLiveTree } from '../../src/report/live-tree.ts'
import { viewOf } from '../../src/report/run-view.ts'
import { widthOf } from '../../src/core/screen-text.ts'
import { treeFrame, type FrameOptions } from '../../src/report/tree-frame.ts'
import { anyEvents } from './events.ts'
import { sampleRun } from './sample-run.ts'

const start = Date.parse('2026-11-22T12:03:11.000Z')
const frameAt = (millis: number, more: Partial<FrameOptions> = {}): string[] =>
  treeFrame(viewOf(sampleRun().events(millis)), {
    columns: 100,
    now: start + millis,
    colour: false,
    unicode: true,
    ...more
  })

describe('a frame', () => {
  it('shows branches, what runs and what it said last', async () => {
    await expect(`${frameAt(25_000).join('\n')}\n`).toMatchFileSnapshot('../golden/report/tree-running.txt')
    await expect(`${frameAt(60_000).join('\n')}\n`).toMatchFileSnapshot('../golden/report/tree-failed.txt')
    const ascii = frameAt(25_000, { unicode: false, columns: 60 })
    await expect(`${ascii.join('\n')}\n`).toMatchFileSnapshot('../golden/report/tree-ascii.txt')
  })

  it('has no colours unless asked for', () => {
    expect(frameAt(25_000).join('')).not.toContain('\u001b')
    const coloured = frameAt(25_000, { colour: true })
    expect(coloured.join('')).toContain('\u001b[32m✓')
    expect(coloured.map(stripVTControlCharacters)).toEqual(frameAt(25_000))
  })

  it('folds away what is done where there is no room, never what runs', () => {
    const lines = frameAt(25_000, { lines: 6 })
    expect(lines.length).toBeLessThanOrEqual(6)
    expect(lines.join('\n')).toMatch(/not shown[^]*deploy-cf[^]*create-cfcr-release/)
  })

  it('never is wider than the terminal, whatever happens', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 20, max: 120 }), fc.boolean(), (events, columns, colour) => {
        const lines = treeFrame(viewOf(events), { columns, now: start, colour, unicode: true })
        for (const line of lines) expect(widthOf(stripVTControlCharacters(line))).toBeLessThanOrEqual(columns)
      })
    )
  })

  it('never is taller than the terminal while it runs', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 6, max: 12 }), (events, lines) => {
        const running = events.filter(({ kind }) => kind !== 'run-finished')
        const frame = treeFrame(viewOf(running), {
          columns: 80,
          lines,
          now: start,
          colour: false,
          unicode: true
        })
        expect(frame.length).toBeLessThanOrEqual(lines)
      })
    )
  })
})

const esc = '\u001b'
const controls = new RegExp(`${esc}\\[(\\d+)A|${esc}\\[(\\??\\d*[a-zA-Z])|([^${esc}])`, 'gu')

/** As much of a terminal as the tree uses. */
class Screen {
  readonly lines: string[] = ['']
  #row = 0
  #column = 0

  write(text: string): void {
    for (const [, up, other, rest] of text.matchAll(controls)) {
      if (up !== undefined) this.#row = Math.max(0, this.#row - Number(up))
      else if (other === 'J') this.lines.splice(this.#row, Infinity, this.#current().slice(0, this.#column))
      else if (other === 'K') this.#set(this.#current().slice(0, this.#column))
      else if (rest !== undefined) this.#put(rest)
    }
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0
    else if (character === '\n') {
      this.#row += 1
      this.#column = 0
      this.lines[this.#row] ??= ''
    } else {
      const line = this.#current()
      this.#set(line.slice(0, this.#column) + character + line.slice(this.#column + 1))
      this.#column += 1
    }
  }

  #current(): string {
    return this.lines[this.#row] ?? ''
  }

  #set(line: string): void {
    this.lines[this.#row] = line
  }
}

describe('drawing', () => {
  function play(events: readonly RunEvent[], ticksAfterEach: number): { screen: Screen; writes: string[] } {
    const screen = new Screen()
    const writes: string[] = []
    let tick = (): void => undefined
    let now = start
    const tree = createLiveTree({
      write: text => {
        writes.push(text)
        screen.write(text)
      },
      size: () => ({ columns: 101, rows: 40 }),
      now: () => now,
      colour: false,
      unicode: true,
      every: (_, call) => {
        tick = call
        return () => {
          tick = (): void => undefined
        }
      }
    })
    for (const event of events) {
      now = Date.parse(event.at)
      tree.event(event)
      for (let i = 0; i < ticksAfterEach; i += 1) tick()
    }
    tree.close()
    tree.close()
    tick()
    return { screen, writes }
  }

  it('in place leaves the last frame, below the notes', () => {
    const { screen } = play(sampleRun().events(), 1)
    expect(screen.lines).toEqual(['note: privileged is ignored on this machine', ...frameAt(58_150), ''])
  })

  it('ends the same however often it is drawn', () => {
    const events = sampleRun().events()
    expect(play(events, 3).screen.lines).toEqual(play(events, 0).screen.lines)
  })

  it('does not draw at each event, and gives the cursor back', () => {
    const { writes } = play(sampleRun({ fails: false }).events(), 0)
    // The cursor hidden, one for the note, the last frame, the cursor shown.
    expect(writes).toHaveLength(4)
    expect(writes.at(-1)).toBe('\u001b[?25h')
  })

  it('of a run that never began writes nothing to be seen', () => {
    expect(play([], 2).screen.lines).toEqual([''])
  })
})
