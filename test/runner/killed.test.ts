import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { buryDeadRuns } from '../../src/runner/dead-runs.ts'
import { readRunFile } from '../../src/runner/run-file.ts'
import { newFolder, path, readEvents } from './bench.ts'

it('leaves of a run that was killed all that happened, and its secrets go with the next', async () => {
  const runs = await newFolder()
  const dir = join(runs, 'r1')
  const program = fileURLToPath(new URL('./run-in-child.ts', import.meta.url))
  const runner = spawn(process.execPath, ['--import', 'tsx', program, dir, path], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const exited = once(runner, 'exit')
  await once(runner.stdout, 'data')
  runner.kill('SIGKILL')
  await exited

  expect(await readRunFile(dir)).toMatchObject({ state: 'running', pid: runner.pid })
  expect(readEvents(dir).at(-1)).toMatchObject({ kind: 'step-output', text: 'on' })
  expect(existsSync(join(dir, 'volumes'))).toBe(true)
  expect(await buryDeadRuns(runs)).toMatchObject([{ run: 'r1' }])
  expect(await readRunFile(dir)).toMatchObject({ state: 'died' })
  expect(existsSync(join(dir, 'volumes'))).toBe(false)
})
