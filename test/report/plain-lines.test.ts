import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPlainLines } from '../../src/report/plain-lines.ts'
import { anyEvents } from './events.ts'
import { sampleRun } from './sample-run.ts'

const linesOf = (events: Parameters<ReturnType<typeof createPlainLines>>[0][]): string => {
  const print = createPlainLines({ utc: true })
  return events.map(print).join('')
}

it('reads well, whether it fails or not', async () => {
  await expect(linesOf(sampleRun().events())).toMatchFileSnapshot('../golden/report/failed.txt')
  await expect(linesOf(sampleRun({ fails: false }).events())).toMatchFileSnapshot(
    '../golden/report/succeeded.txt'
  )
})

it('no events make it throw, and no line of theirs moves a cursor', () => {
  fc.assert(
    fc.property(anyEvents, events => {
      expect(linesOf(events).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
    })
  )
})
