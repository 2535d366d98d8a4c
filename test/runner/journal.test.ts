import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Step } from '../../src/concourse/model.ts'
import { UserError } from '../../src/core/errors.ts'
import { buryDeadRuns } from '../../src/runner/dead-runs.ts'
import { readRunFile, type RunFile } from '../../src/runner/run-file.ts'
import { newFolder, readEvents, resource, run, sh } from './bench.ts'

it('writes every event as it is told, in order', async () => {
  const steps: Step[] = [
    sh('a', 'echo 1', { outputs: ['x'] }),
    { kind: 'in_parallel', steps: [sh('b', 'echo 2'), { kind: 'try', step: sh('c', 'exit 2') }] }
  ]
  const told = await run(steps, { now: () => new Date('2026-11-23T12:00:00Z') })
  expect(readEvents(told.dir)).toEqual(told.events)
  expect(told.events[0]).toEqual({
    at: '2026-11-23T12:00:00.000Z',
    kind: 'run-started',
    run: 'r1',
    pipeline: 'test',
    job: 'job',
    pid: process.pid,
    host: hostname()
  })
  expect(told.events.at(-1)).toMatchObject({ kind: 'run-finished', outcome: 'succeeded', exitCode: 0 })
  expect(told.events).toContainEqual(expect.objectContaining({ kind: 'artifact', name: 'x' }))
})

it('numbers steps, names their parents, and begins and ends each once', async () => {
  const inner: Step = { kind: 'do', steps: [sh('a', 'true'), sh('b', 'true')] }
  const told = await run([{ kind: 'ensure', step: inner, hook: sh('c', 'true') }])
  const begun = told.events.flatMap(event => (event.kind === 'step-started' ? [event] : []))
  expect(begun.map(({ step, parent, path, stepKind }) => [step, parent, stepKind, path])).toEqual([
    [1, undefined, 'do', 'jobs.job.plan[0].do'],
    [2, 1, 'task', 'jobs.job.plan[0].do[0].task(a)'],
    [3, 1, 'task', 'jobs.job.plan[0].do[1].task(b)'],
    [4, undefined, 'ensure', 'jobs.job.plan[0].ensure'],
    [5, 4, 'task', 'jobs.job.plan[0].ensure.task(c)']
  ])
  const ended = told.events.flatMap(event => (event.kind === 'step-finished' ? [event.step] : []))
  expect(ended.toSorted()).toEqual([1, 2, 3, 4, 5])
})

it('says in run.json that it runs, and then how it ended', async () => {
  const dir = join(await newFolder(), 'r1')
  const told = await run([sh('a', `cat ${dir}/run.json`), sh('b', 'exit 7')], { dir })
  const during = JSON.parse(told.output('a').join('\n')) as RunFile
  expect(during).toMatchObject({ run: 'r1', state: 'running', pid: process.pid, host: hostname() })
  expect(await readRunFile(dir)).toMatchObject({
    state: 'finished',
    outcome: 'failed',
    exitCode: 7,
    firstFailure: 'jobs.job.plan[1].task(b)'
  })
})

it('writes the failure of a step at the end of its log', async () => {
  const told = await run([sh('a', 'echo begun; exit 7')])
  expect(readFileSync(join(told.dir, 'logs', '01-a.log'), 'utf8')).toBe('begun\nfailed: exit code 7\n')
})

it('refuses the folder of another run', async () => {
  const told = await run([sh('a', 'true')])
  await expect(run([sh('a', 'true')], { dir: told.dir })).rejects.toMatchObject({ outcome: 'usage' })
})

it('says before anything happens that its folder can not be made', async () => {
  const folder = await newFolder()
  writeFileSync(join(folder, 'file'), '')
  const error = await run([sh('a', 'true')], { dir: join(folder, 'file', 'r1') }).catch(
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).hint).toContain('folder')
  expect(readdirSync(folder)).toEqual(['file'])
})

it('ends the run when the disk is full, with a hint', async () => {
  const dir = join(await newFolder(), 'r1')
  mkdirSync(dir)
  symlinkSync('/dev/full', join(dir, 'events.jsonl'))
  const error = await run([sh('a', 'true')], { dir }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).message).toContain('ENOSPC')
  expect((error as UserError).hint).toContain('room')
  expect(readdirSync(dir)).not.toContain('volumes')
})

it('says before anything happens that git is missing', async () => {
  const dir = join(await newFolder(), 'r1')
  const repo = resource('repo', 'git', { uri: '/x.git', branch: 'main' })
  const error = await run([{ kind: 'get', name: 'repo' }], {
    dir,
    resources: [repo],
    path: '/nowhere'
  }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).hint).toContain('git')
  expect(readdirSync(join(dir, '..'))).toEqual([])
})

it('ends in good order, hooks included, when its events can not be heard', async () => {
  const folder = await newFolder()
  const dir = join(folder, 'r1')
  const hook = sh('hook', `touch ${folder}/hooked`)
  const failing = run([{ kind: 'ensure', step: sh('a', 'echo on; sleep 60'), hook }], {
    dir,
    events: event => {
      if (event.kind === 'step-output') throw new Error('no display')
    }
  })
  await expect(failing).rejects.toThrow('no display')
  expect(readdirSync(folder).sort()).toContain('hooked')
  expect(readdirSync(dir)).not.toContain('volumes')
  expect(await readRunFile(dir)).toMatchObject({ state: 'finished', outcome: 'errored', exitCode: 1 })
})

it('buries runs whose process is gone, and leaves those of others alone', async () => {
  const runs = await newFolder()
  const base = { pipeline: 'p', job: 'j', state: 'running', startedAt: '' }
  const states = {
    dead: { ...base, run: 'dead', pid: 2 ** 22 + 1, host: hostname() },
    alive: { ...base, run: 'alive', pid: process.pid, host: hostname() },
    elsewhere: { ...base, run: 'elsewhere', pid: 2 ** 22 + 1, host: 'another-host' }
  }
  for (const [name, state] of Object.entries(states)) {
    mkdirSync(join(runs, name, 'volumes', '1'), { recursive: true })
    writeFileSync(join(runs, name, 'run.json'), JSON.stringify(state))
  }
  mkdirSync(join(runs, 'no-run'))
  expect((await buryDeadRuns(runs)).map(({ run: name }) => name)).toEqual(['dead'])
  expect(readdirSync(join(runs, 'dead'))).toEqual(['run.json'])
  expect(await readRunFile(join(runs, 'dead'))).toMatchObject({ state: 'died' })
  expect(readdirSync(join(runs, 'alive'))).toContain('volumes')
  expect(readdirSync(join(runs, 'elsewhere'))).toContain('volumes')
  expect(await buryDeadRuns(join(runs, 'nowhere'))).toEqual([])
})
