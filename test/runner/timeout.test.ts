import { expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { abortWhen, isRunning, run, says, sh } from './bench.ts'

it('ends a step that runs longer than its time, which counts as a failure', async () => {
  const told = await run([sh('a', 'sleep 60', { timeout: '200ms' })])
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(5)
  expect(told.failure?.path).toBe('jobs.job.plan[0].task(a)')
  expect(told.took.milliseconds).toBeLessThan(10_000)
})

it('ends all that is in a step with a time-out, and begins nothing more in it', async () => {
  const steps = [sh('a', 'true'), sh('b', 'sleep 60'), sh('c', 'true')]
  const told = await run([{ kind: 'timeout', timeout: '500ms', step: { kind: 'do', steps } }])
  expect(told.tasks).toEqual(['a', 'b'])
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(5)
})

it('gives each try its own time', async () => {
  const told = await run([{ kind: 'attempts', attempts: 3, step: sh('a', 'sleep 60', { timeout: '100ms' }) }])
  expect(told.tasks).toEqual(['a', 'a', 'a'])
  expect(told.exitCode).toBe(5)
})

it('lets time run out within a try step without ending the job', async () => {
  const told = await run([{ kind: 'try', step: sh('a', 'sleep 60', { timeout: '100ms' }) }, sh('b', 'true')])
  expect(told.outcome).toBe('succeeded')
})

it('takes a time-out of weeks for what it says', async () => {
  const told = await run([sh('a', 'sleep 0.1', { timeout: '1000h' })])
  expect(told.outcome).toBe('succeeded')
})

it('lets a task end in good order: SIGTERM first', async () => {
  const script = "trap 'echo bye > out/file; exit 0' TERM; echo on; while true; do sleep 0.05; done"
  const task = sh('a', script, { outputs: ['out'], timeout: '500ms' })
  const told = await run([
    { kind: 'ensure', step: task, hook: sh('look', 'cat out/file', { inputs: ['out'] }) }
  ])
  expect(told.output('look')).toEqual(['bye'])
  expect(told.outcome).toBe('failed')
})

it('kills a task that does not go', async () => {
  const script = "trap '' TERM; echo on; while true; do sleep 0.05; done"
  const told = await run([sh('a', script)], {
    ...abortWhen(says('on')),
    killAfter: Duration.milliseconds(300)
  })
  expect(told.outcome).toBe('aborted')
  expect(told.took.milliseconds).toBeLessThan(10_000)
})

it('leaves nobody of a task behind', async () => {
  const told = await run([sh('a', 'sleep 60 & echo $!'), sh('b', 'true')])
  const pid = Number(told.output('a')[0])
  expect(pid).toBeGreaterThan(1)
  expect(isRunning(pid)).toBe(false)
})
