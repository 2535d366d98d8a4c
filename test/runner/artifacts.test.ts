import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Step } from '../../src/concourse/model.ts'
import { abortWhen, run, says, sh, task } from './bench.ts'

const make = (name: string, artifact: string, text: string): Step =>
  sh(name, `echo ${text} > ${artifact}/file`, { outputs: [artifact] })
const show = (name: string, artifact: string): Step =>
  sh(name, `cat ${artifact}/file`, { inputs: [artifact] })

it('hands outputs on as inputs', async () => {
  const told = await run([make('a', 'x', 'hello'), show('b', 'x')])
  expect(told.output('b')).toEqual(['hello'])
})

it('lets a later registration take the place of an earlier one', async () => {
  const told = await run([make('a', 'x', 'one'), make('b', 'x', 'two'), show('c', 'x')])
  expect(told.output('c')).toEqual(['two'])
})

it('makes outputs empty before the task', async () => {
  const told = await run([make('a', 'x', 'one'), sh('b', 'ls x | wc -l | tr -d " "', { outputs: ['x'] })])
  expect(told.output('b')).toEqual(['0'])
})

it('continues an input in an output of the same place', async () => {
  const told = await run([
    make('a', 'x', 'one'),
    sh('b', 'echo two >> x/file', { inputs: ['x'], outputs: ['x'] }),
    show('c', 'x')
  ])
  expect(told.output('c')).toEqual(['one', 'two'])
})

it('continues by place, not by name', async () => {
  const told = await run([
    make('a', 'x', 'one'),
    task('b', {
      inputs: [{ name: 'x', path: 'place' }],
      outputs: [{ name: 'y', path: './place/' }],
      run: { path: 'sh', args: ['-c', 'echo two >> place/file'] }
    }),
    show('c', 'y'),
    show('d', 'x')
  ])
  expect(told.output('c')).toEqual(['one', 'two'])
  expect(told.output('d')).toEqual(['one'])
})

it('makes an output empty at the place of an optional input that is not there', async () => {
  const told = await run([
    task('a', {
      inputs: [{ name: 'x', optional: true }],
      outputs: [{ name: 'x' }],
      run: { path: 'sh', args: ['-c', 'echo new > x/file'] }
    }),
    show('b', 'x')
  ])
  expect(told.output('b')).toEqual(['new'])
})

it('starts each try from what the last one left, where the output continues the input', async () => {
  const step = sh('grow', 'echo more >> x/file; test $(wc -l < x/file) -ge 4', {
    inputs: ['x'],
    outputs: ['x']
  })
  const told = await run([make('a', 'x', 'one'), { kind: 'attempts', attempts: 9, step }, show('c', 'x')])
  expect(told.output('c')).toEqual(['one', 'more', 'more', 'more'])
})

it('keeps a task from changing what others are handed', async () => {
  const told = await run([
    make('a', 'x', 'one'),
    sh('b', 'echo spoiled > x/file; echo more > x/other', { inputs: ['x'] }),
    sh('c', 'cat x/file; ls x', { inputs: ['x'] })
  ])
  expect(told.output('c')).toEqual(['one', 'file'])
})

it('gives parallel tasks copies of their own', async () => {
  const spoil = (name: string): Step =>
    sh(name, `echo ${name} > x/file; sleep 0.1; cat x/file`, { inputs: ['x'] })
  const told = await run([make('a', 'x', 'one'), { kind: 'in_parallel', steps: [spoil('b'), spoil('c')] }])
  expect(told.output('b')).toEqual(['b'])
  expect(told.output('c')).toEqual(['c'])
})

it('hands symbolic links, modes and dates on as they are', async () => {
  const script =
    'echo 1 > x/file; ln -s file x/link; ln -s nowhere x/dead; chmod 750 x/file; touch -d 2001-02-03 x/file'
  const told = await run([
    sh('a', script, { outputs: ['x'] }),
    sh('b', 'readlink x/link x/dead; stat -c "%a %y" x/file | cut -c1-14', { inputs: ['x'] })
  ])
  expect(told.output('b')).toEqual(['file', 'nowhere', '750 2001-02-03'])
})

it('hands on what its maker took his own rights from', async () => {
  const told = await run([
    sh('a', 'mkdir x/d; echo 1 > x/d/file; chmod 400 x/d/file; chmod 500 x/d', { outputs: ['x'] }),
    sh('b', 'cat x/d/file; stat -c %a x/d', { inputs: ['x'] })
  ])
  expect(told.output('b')).toEqual(['1', '500'])
})

it('maps inputs and outputs to the names of the plan', async () => {
  const told = await run([
    make('a', 'x', 'one'),
    sh('b', 'sed s/one/two/ in/file > out/file', {
      inputs: ['in'],
      outputs: ['out'],
      input_mapping: { in: 'x' },
      output_mapping: { out: 'y' }
    }),
    show('c', 'y')
  ])
  expect(told.output('c')).toEqual(['two'])
})

it('registers nothing for what a task does not declare', async () => {
  const told = await run([sh('a', 'mkdir x; echo 1 > x/file'), show('b', 'x')])
  expect(told.outcome).toBe('errored')
})

it('puts inputs where their path says, inner ones over outer ones', async () => {
  const told = await run([
    make('a', 'x', 'outer'),
    make('b', 'y', 'inner'),
    task('c', {
      inputs: [
        { name: 'y', path: './deep/in/' },
        { name: 'x', path: '.' }
      ],
      outputs: [{ name: 'z', path: 'deep/out' }],
      run: { path: 'sh', args: ['-c', 'cat file deep/in/file; cp deep/in/file deep/out/file'] }
    }),
    show('d', 'z')
  ])
  expect(told.output('c')).toEqual(['outer', 'inner'])
  expect(told.output('d')).toEqual(['inner'])
})

it('takes an output out of the one that lies round it', async () => {
  const told = await run([
    task('a', {
      outputs: [{ name: 'x' }, { name: 'y', path: 'x/y' }],
      run: { path: 'sh', args: ['-c', 'echo 1 > x/file; echo 2 > x/y/file'] }
    }),
    sh('b', 'cat x/file y/file; ls x/y', { inputs: ['x', 'y'] })
  ])
  expect(told.output('b')).toEqual(['1', '2'])
})

it('deletes .. from a path rather than follow it', async () => {
  const told = await run([
    task('a', {
      outputs: [{ name: 'x', path: '../../x' }],
      run: { path: 'sh', args: ['-c', 'echo 1 > x/file'] }
    }),
    show('b', 'x')
  ])
  expect(told.output('b')).toEqual(['1'])
})

it('registers one folder under two names that share a path', async () => {
  const told = await run([
    task('a', {
      outputs: [
        { name: 'x', path: 'out' },
        { name: 'y', path: 'out' }
      ],
      run: { path: 'sh', args: ['-c', 'echo 1 > out/file'] }
    }),
    sh('b', 'cat x/file y/file', { inputs: ['x', 'y'] })
  ])
  expect(told.output('b')).toEqual(['1', '1'])
})

it('registers an empty folder for an output that the task removed, and errs where it put something else', async () => {
  const removed = await run([sh('a', 'rmdir x', { outputs: ['x'] }), sh('b', 'ls x', { inputs: ['x'] })])
  expect(removed.outcome).toBe('succeeded')
  const replaced = await run([sh('a', 'rmdir x; ln -s /etc x', { outputs: ['x'] })])
  expect(replaced.outcome).toBe('errored')
})

it('names all inputs that are missing, before the task', async () => {
  const told = await run([sh('a', 'echo begun', { inputs: ['x', 'y'] })])
  expect(told.outcome).toBe('errored')
  expect(told.failure?.message).toContain('x, y')
  expect(told.output('a')).not.toContain('begun')
})

it('does without an optional input that is not there', async () => {
  const told = await run([
    task('a', { inputs: [{ name: 'x', optional: true }], run: { path: 'sh', args: ['-c', 'test ! -e x'] } })
  ])
  expect(told.outcome).toBe('succeeded')
})

it('keeps caches from run to run for one step of one job, also when it fails', async () => {
  const cached = (name: string): Step =>
    task(name, {
      caches: [{ path: 'some/cache' }],
      run: { path: 'sh', args: ['-c', 'ls some/cache | wc -l | tr -d " "; touch some/cache/$$; exit 1'] }
    })
  const first = await run([cached('a')])
  const given = { cacheFolder: join(first.dir, '..', 'cache') }
  const second = await run([cached('a')], given)
  const other = await run([cached('b')], given)
  expect([first, second].map(told => told.output('a')[0])).toEqual(['0', '1'])
  const elsewhere = await run([cached('a')], { ...given, pipelineName: 'another' })
  expect(other.output('b')[0]).toBe('0')
  expect(elsewhere.output('a')[0]).toBe('0')
})

it('exports what is to be kept, whatever the outcome, and leaves no volume behind', async () => {
  const told = await run([make('a', 'evidence', 'seen'), sh('b', 'exit 1')], {
    keep: ['evidence', 'never-made']
  })
  expect(told.outcome).toBe('failed')
  expect(told.artifacts).toEqual({ evidence: join(told.dir, 'artifacts', 'evidence') })
  expect(readFileSync(join(told.dir, 'artifacts', 'evidence', 'file'), 'utf8')).toBe('seen\n')
  expect(readdirSync(told.dir).sort()).toEqual(['artifacts', 'events.jsonl', 'logs', 'run.json'])
})

it('leaves no volume behind after an abort', async () => {
  const told = await run(
    [make('a', 'x', '1'), sh('b', 'echo on; sleep 60', { inputs: ['x'] })],
    abortWhen(says('on'))
  )
  expect(told.outcome).toBe('aborted')
  expect(readdirSync(told.dir)).not.toContain('volumes')
})

it('lets nobody else look into the folder of a run', async () => {
  const told = await run([sh('a', 'echo 1')])
  expect(statSync(told.dir).mode & 0o777).toBe(0o700)
  const logs = readdirSync(join(told.dir, 'logs'))
  expect(logs).toEqual(['01-a.log'])
  expect(statSync(join(told.dir, 'logs', '01-a.log')).mode & 0o777).toBe(0o600)
  expect(statSync(join(told.dir, 'events.jsonl')).mode & 0o777).toBe(0o600)
})
