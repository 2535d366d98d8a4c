import { expect, it } from 'vitest'
import type { RunEvent } from '../../src/core/run-event.ts'
import { join } from 'node:path'
import { abortWhen, newFolder, run, says, sh } from './bench.ts'

/** The most task steps that ran at the same time. */
function widest(events: readonly RunEvent[]): number {
  const tasks = new Set<number>()
  let most = 0
  for (const event of events) {
    if (event.kind === 'step-started' && event.stepKind === 'task') tasks.add(event.step)
    if (event.kind === 'step-finished') tasks.delete(event.step)
    most = Math.max(most, tasks.size)
  }
  return most
}

it('runs all steps side by side', async () => {
  const folder = await newFolder()
  const meet = (mine: string, other: string): string =>
    `touch ${join(folder, mine)}; while ! test -e ${join(folder, other)}; do sleep 0.01; done`
  const told = await run([{ kind: 'in_parallel', steps: [sh('a', meet('a', 'b')), sh('b', meet('b', 'a'))] }])
  expect(told.outcome).toBe('succeeded')
})

it('runs at most as many as its limit says, in order', async () => {
  const steps = ['a', 'b', 'c', 'd', 'e'].map(name => sh(name, 'sleep 0.05'))
  const told = await run([{ kind: 'in_parallel', steps, limit: 2 }])
  expect(widest(told.events)).toBe(2)
  expect(told.tasks).toEqual(['a', 'b', 'c', 'd', 'e'])
})

it('waits for all, and fails if one has failed', async () => {
  const told = await run([
    { kind: 'in_parallel', steps: [sh('a', 'exit 7'), sh('b', 'sleep 0.1'), sh('c', 'sleep 0.1; exit 3')] },
    sh('d', 'true')
  ])
  expect(told.steps).toContain('jobs.job.plan[0].in_parallel.steps[1].task(b) succeeded')
  expect(told.tasks).not.toContain('d')
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(7)
})

it('ends the others at once with fail_fast, and has failed, not been aborted', async () => {
  const told = await run([
    {
      kind: 'in_parallel',
      fail_fast: true,
      steps: [
        { kind: 'on_abort', step: sh('a', 'echo on; sleep 60'), hook: sh('hook', 'true') },
        sh('b', 'sleep 0.3; exit 7')
      ]
    }
  ])
  expect(told.steps).toContain('jobs.job.plan[0].in_parallel.steps[0].task(a) aborted')
  expect(told.tasks).toContain('hook')
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(7)
  expect(told.failure?.path).toBe('jobs.job.plan[0].in_parallel.steps[1].task(b)')
})

it('does not begin with fail_fast what still waits for its turn', async () => {
  const told = await run([
    { kind: 'in_parallel', fail_fast: true, limit: 1, steps: [sh('a', 'exit 1'), sh('b', 'true')] }
  ])
  expect(told.tasks).toEqual(['a'])
})

it('begins nothing more after an abort', async () => {
  const steps = [sh('a', 'echo on; sleep 60'), sh('b', 'true')]
  const told = await run([{ kind: 'in_parallel', limit: 1, steps }], abortWhen(says('on')))
  expect(told.tasks).toEqual(['a'])
  expect(told.outcome).toBe('aborted')
})

it('errs if one of its steps could not run, even when another failed before', async () => {
  const told = await run([
    {
      kind: 'in_parallel',
      steps: [
        sh('a', 'exit 7'),
        { kind: 'do', steps: [sh('b', 'sleep 0.1'), sh('c', '', { inputs: ['nowhere'] })] }
      ]
    }
  ])
  expect(told.outcome).toBe('errored')
  expect(told.exitCode).toBe(7)
})
