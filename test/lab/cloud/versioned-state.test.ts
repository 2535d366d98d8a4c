import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { VersionedState } from '../../../src/lab/cloud/versioned-state.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(times: string): ChildProcess {
  const script = join(import.meta.dirname, 'write-forever.ts')
  return spawn(process.execPath, ['--import', 'tsx', script, folder, times], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
}

it('loses no change of several processes that write at once', async () => {
  const writers = ['200', '200', '200'].map(write)
  await Promise.all(writers.map(writer => once(writer, 'exit')))
  expect(new VersionedState(folder, { count: 0 }).read().count).toBe(600)
  const whole = readdirSync(folder).filter(name => statSync(join(folder, name)).size > 0)
  expect(whole.length).toBeLessThanOrEqual(17)
})

it('never gives a number out twice, however old it is', () => {
  const state = new VersionedState(folder, { count: 0 })
  for (let time = 0; time < 40; time += 1) state.change(draft => void (draft.count += 1))
  const names = readdirSync(folder).sort()
  expect(names).toHaveLength(40)
  expect(statSync(join(folder, names[0] ?? '')).size).toBe(0)
  expect(state.read().count).toBe(40)
})

it('is whole and free after a writer was killed in the middle', async () => {
  const writer = write('Infinity')
  await once(writer.stdout ?? writer, 'data')
  writer.kill('SIGKILL')
  await once(writer, 'exit')
  const state = new VersionedState(folder, { count: 0 })
  const before = state.read().count
  expect(before).toBeGreaterThan(0)
  state.change(draft => {
    draft.count += 1
  })
  expect(state.read().count).toBe(before + 1)
})

it('changes nothing when the edit throws', () => {
  const state = new VersionedState(folder, { count: 7 })
  expect(() =>
    state.change(draft => {
      draft.count = 8
      throw new Error('refused')
    })
  ).toThrow('refused')
  expect(state.read().count).toBe(7)
})
