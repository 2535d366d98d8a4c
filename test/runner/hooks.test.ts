import { describe, expect, it } from 'vitest'
import type { HookKind, Step } from '../../src/concourse/model.ts'
import { abortWhen, run, says, sh, type Told } from './bench.ts'

const good = (name: string): Step => sh(name, 'true')
const bad = (name: string): Step => sh(name, 'exit 1')
const broken = (name: string): Step => sh(name, 'true', { inputs: ['nowhere'] })
const endless = (name: string): Step => sh(name, 'echo waiting; sleep 60')

/** Runs a step with all hooks on it. */
async function withAllHooks(step: Step, given: Parameters<typeof run>[1] = {}): Promise<Told> {
  const kinds: HookKind[] = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure']
  const hooked = kinds.reduce<Step>((inner, kind) => ({ kind, step: inner, hook: good(kind) }), step)
  return run([hooked], given)
}

it('runs on_success and ensure after success', async () => {
  expect((await withAllHooks(good('a'))).tasks).toEqual(['a', 'on_success', 'ensure'])
})

it('runs on_failure and ensure after failure', async () => {
  const told = await withAllHooks(bad('a'))
  expect(told.tasks).toEqual(['a', 'on_failure', 'ensure'])
  expect(told.outcome).toBe('failed')
})

it('runs on_error and ensure after an error', async () => {
  const told = await withAllHooks(broken('a'))
  expect(told.tasks).toEqual(['a', 'on_error', 'ensure'])
  expect(told.outcome).toBe('errored')
})

it('runs on_abort and ensure after an abort', async () => {
  const told = await withAllHooks(endless('a'), abortWhen(says('waiting')))
  expect(told.tasks).toEqual(['a', 'on_abort', 'ensure'])
  expect(told.outcome).toBe('aborted')
  expect(told.exitCode).toBe(130)
})

it('runs on_failure, not on_error or on_abort, when time runs out', async () => {
  const told = await withAllHooks(sh('a', 'sleep 60', { timeout: '200ms' }))
  expect(told.tasks).toEqual(['a', 'on_failure', 'ensure'])
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(5)
  expect(told.steps[0]).toBe('jobs.job.plan[0].task(a) timed-out')
})

it('runs hooks once, after all tries', async () => {
  const told = await run([
    { kind: 'on_failure', step: { kind: 'attempts', attempts: 3, step: bad('a') }, hook: good('hook') }
  ])
  expect(told.tasks).toEqual(['a', 'a', 'a', 'hook'])
})

it('lets a hook of success fail the step, and one of failure not save it', async () => {
  const spoiled = await run([{ kind: 'on_success', step: good('a'), hook: bad('hook') }, good('b')])
  expect(spoiled.outcome).toBe('failed')
  expect(spoiled.failure?.path).toBe('jobs.job.plan[0].on_success.task(hook)')
  const unsaved = await run([{ kind: 'on_failure', step: bad('a'), hook: good('hook') }, good('b')])
  expect(unsaved.outcome).toBe('failed')
  expect(unsaved.failure?.path).toBe('jobs.job.plan[0].task(a)')
})

it('lets ensure fail a step that succeeded', async () => {
  const told = await run([{ kind: 'ensure', step: good('a'), hook: bad('hook') }])
  expect(told.outcome).toBe('failed')
})

describe('artifacts of a step that failed', () => {
  it('are seen by its hooks', async () => {
    const step = sh('a', 'echo state > state/file; exit 1', { outputs: ['state'] })
    const told = await run([
      { kind: 'ensure', step, hook: sh('save', 'cat state/file', { inputs: ['state'] }) }
    ])
    expect(told.outcome).toBe('failed')
    expect(told.output('save')).toEqual(['state'])
  })

  it('are seen after its time ran out, and after an abort', async () => {
    const script = 'echo half > state/file; echo waiting; sleep 60'
    const save = sh('save', 'cat state/file', { inputs: ['state'] })
    const late = sh('a', script, { outputs: ['state'], timeout: '300ms' })
    expect((await run([{ kind: 'ensure', step: late, hook: save }])).output('save')).toEqual(['half'])
    const aborted = sh('a', script, { outputs: ['state'] })
    const told = await run([{ kind: 'ensure', step: aborted, hook: save }], abortWhen(says('waiting')))
    expect(told.outcome).toBe('aborted')
    expect(told.output('save')).toEqual(['half'])
  })
})

it('runs the hooks of a job, inside out, after its plan', async () => {
  const told = await run({
    plan: [bad('a')],
    on_success: good('on_success'),
    on_failure: good('on_failure'),
    ensure: good('ensure')
  })
  expect(told.tasks).toEqual(['a', 'on_failure', 'ensure'])
  expect(told.steps).toEqual([
    'jobs.job.plan[0].task(a) failed',
    'jobs.job.on_failure.task(on_failure) succeeded',
    'jobs.job.on_failure succeeded',
    'jobs.job.ensure.task(ensure) succeeded',
    'jobs.job.ensure succeeded'
  ])
})

it('ends hooks that run after an abort when it is aborted once more', async () => {
  const hooks = new AbortController()
  const first = abortWhen(says('waiting'))
  const told = await run(
    [{ kind: 'ensure', step: endless('a'), hook: sh('hook', 'echo hooked; sleep 60') }],
    {
      signal: first.signal,
      hooksSignal: hooks.signal,
      events: event => {
        first.events(event)
        if (says('hooked')(event)) hooks.abort()
      }
    }
  )
  expect(told.outcome).toBe('aborted')
  expect(told.steps).toContain('jobs.job.plan[0].ensure.task(hook) aborted')
})
