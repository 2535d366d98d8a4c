import { expect, it } from 'vitest'
import type { Step } from '../../src/concourse/model.ts'
import { run, sh } from './bench.ts'

const good = (name: string): Step => sh(name, 'true')
const bad = (name: string, code = 1): Step => sh(name, `exit ${code}`)

it('runs the steps of a plan in order', async () => {
  const told = await run([good('a'), good('b'), { kind: 'do', steps: [good('c'), good('d')] }])
  expect(told.outcome).toBe('succeeded')
  expect(told.exitCode).toBe(0)
  expect(told.tasks).toEqual(['a', 'b', 'c', 'd'])
})

it('stops at the first step that fails, and says which it was', async () => {
  const told = await run([good('a'), { kind: 'do', steps: [bad('b'), good('c')] }, good('d')])
  expect(told.outcome).toBe('failed')
  expect(told.failure?.path).toBe('jobs.job.plan[1].do[0].task(b)')
  expect(told.tasks).toEqual(['a', 'b'])
})

it.each([
  [1, 4],
  [2, 2],
  [3, 3],
  [5, 5],
  [7, 7],
  [8, 4],
  [42, 4]
])('ends in exit code of the failing task %i as %i', async (code, exitCode) => {
  const told = await run([bad('a', code)])
  expect(told.exitCode).toBe(exitCode)
  expect(told.events.find(event => event.kind === 'step-finished')).toMatchObject({ exitCode: code })
})

it('counts a task that a signal ended as failed', async () => {
  const told = await run([sh('a', 'kill -9 $$')])
  expect(told.outcome).toBe('failed')
  expect(told.failure?.programExitCode).toBe(137)
})

it('fails with the code of the step that failed first, not of a hook that failed after it', async () => {
  const told = await run({ plan: [bad('a', 7)], ensure: bad('b', 3) })
  expect(told.exitCode).toBe(7)
  expect(told.failure?.path).toBe('jobs.job.plan[0].task(a)')
})

it('goes on after a try, whatever its step did', async () => {
  const told = await run([{ kind: 'try', step: bad('a') }, good('b')])
  expect(told.outcome).toBe('succeeded')
  expect(told.steps).toEqual([
    'jobs.job.plan[0].try.task(a) failed',
    'jobs.job.plan[0].try succeeded',
    'jobs.job.plan[1].task(b) succeeded'
  ])
})

it('goes on after a try whose step could not run', async () => {
  const told = await run([{ kind: 'try', step: sh('a', 'true', { inputs: ['nowhere'] }) }, good('b')])
  expect(told.outcome).toBe('succeeded')
  expect(told.steps[0]).toBe('jobs.job.plan[0].try.task(a) errored')
})

it('calls a step that could not run errored, and one that said no failed', async () => {
  const missing = await run([sh('a', 'true', { inputs: ['nowhere'] })])
  expect(missing.outcome).toBe('errored')
  expect(missing.exitCode).toBe(3)
  expect(missing.failure?.message).toContain('nowhere')
})

it('tries again until a try succeeds, errors included, and counts the tries', async () => {
  const flaky = sh('a', 'test -e count/3 || { touch "count/$(( $(ls count | wc -l) + 1 ))"; exit 6; }', {
    inputs: ['count'],
    outputs: ['count']
  })
  const told = await run([
    sh('zero', 'true', { outputs: ['count'] }),
    { kind: 'attempts', attempts: 5, step: flaky }
  ])
  expect(told.outcome).toBe('succeeded')
  expect(told.tasks).toEqual(['zero', 'a', 'a', 'a', 'a'])
  const tries = told.events.flatMap(event =>
    event.kind === 'step-started' && event.name === 'a' ? [event.attempt] : []
  )
  expect(tries).toEqual([1, 2, 3, 4])
})

it('fails as the last of its tries did', async () => {
  const told = await run([{ kind: 'attempts', attempts: 2, step: bad('a', 6) }])
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(6)
  expect(told.tasks).toEqual(['a', 'a'])
})

it('tries again what could not run', async () => {
  const told = await run([{ kind: 'attempts', attempts: 3, step: sh('a', 'true', { inputs: ['nowhere'] }) }])
  expect(told.outcome).toBe('errored')
  expect(told.tasks).toEqual(['a', 'a', 'a'])
})

it('says of which environment it is, where that was said', async () => {
  const told = await run([sh('a', 'true')], { environment: 'play-fern' })
  expect(told.events[0]).toMatchObject({ kind: 'run-started', job: 'job', environment: 'play-fern' })
})
