import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Step } from '../../src/concourse/model.ts'
import { abortWhen, newFolder, path, run, says, sh, task } from './bench.ts'

/** A task that writes a task file; in base64, or its vars would be those of the one that writes it. */
function writeTask(file: string, content: string): Step {
  const coded = Buffer.from(content).toString('base64')
  return sh('write', `echo ${coded} | base64 -d > ${file}`, { outputs: ['tasks'] })
}

const env = (name: string) => `printf '%s\\n' "$${name}"`

it('gives a task its environment and nothing of the user', async () => {
  process.env['USERS_OWN'] = 'secret'
  const told = await run([sh('a', 'env | cut -d= -f1 | sort')], { env: { FROM_CALLER: '1' } })
  delete process.env['USERS_OWN']
  const shells = ['_', 'PWD', 'OLDPWD', 'SHLVL']
  const names = told.output('a').filter(name => !shells.includes(name))
  expect(names).toEqual(['FROM_CALLER', 'HOME', 'LANG', 'PATH', 'TMPDIR'])
})

it('gives each try a fresh HOME and TMPDIR', async () => {
  const script = 'test -z "$(ls -A $HOME $TMPDIR | grep -v :)"; touch $HOME/x $TMPDIR/x; echo $HOME; exit 1'
  const told = await run([{ kind: 'attempts', attempts: 2, step: sh('a', script) }])
  const homes = told.output('a').filter(line => line.startsWith('/'))
  expect(new Set(homes).size).toBe(2)
  expect(homes.some(existsSync)).toBe(false)
})

it('gives params as Concourse does: the step over the task, as text or JSON', async () => {
  const told = await run([
    task(
      'a',
      {
        params: { A: 'default', B: 'default', C: 1.5, D: true, E: null, F: 'text' },
        run: { path: 'sh', args: ['-c', ['A', 'B', 'C', 'D', 'E', 'F'].map(env).join(';')] }
      },
      { params: { A: 'given', B: ['<a>', { z: 1, a: null }] } }
    )
  ])
  expect(told.output('a')).toEqual([
    'given',
    '["\\u003ca\\u003e",{"a":null,"z":1}]',
    '1.5',
    'true',
    '',
    'text'
  ])
})

it('gives a param that the task does not declare, and says so', async () => {
  const told = await run([sh('a', env('EXTRA'), { params: { EXTRA: '1' } })])
  expect(told.output('a')).toEqual(['1'])
  expect(told.notices.join()).toContain('EXTRA')
})

it('passes arguments as they are', async () => {
  const args = ['-c', 'printf "%s|" "$0" "$@"', 'a b', '$HOME', "it's", '']
  const told = await run([task('a', { run: { path: 'sh', args } })])
  expect(told.output('a')).toEqual(["a b|$HOME|it's||"])
})

it('runs in run.dir, and finds a program there', async () => {
  const script = '#!/bin/sh\\npwd\\n'
  const told = await run([
    sh('a', `printf '${script}' > x/run; chmod +x x/run`, { outputs: ['x'] }),
    task('b', { inputs: [{ name: 'x' }], run: { path: './run', dir: 'x' } }),
    task('c', { inputs: [{ name: 'x' }], run: { path: 'x/run' } })
  ])
  expect(told.outcome).toBe('succeeded')
  expect(told.output('b')[0]).toMatch(/\/work\/x$/)
  expect(told.output('c')[0]).toMatch(/\/work$/)
})

it('looks for a program on the PATH that the task is given', async () => {
  const folder = await newFolder()
  writeFileSync(join(folder, 'own-program'), '#!/bin/sh\necho found\n')
  chmodSync(join(folder, 'own-program'), 0o755)
  const given = await run([task('a', { run: { path: 'own-program' } })], { path: `${folder}:${path}` })
  expect(given.output('a')).toEqual(['found'])
  const byParam = await run([
    task('a', { params: { PATH: `${folder}:/bin:/usr/bin` }, run: { path: 'own-program' } })
  ])
  expect(byParam.output('a')).toEqual(['found'])
})

it('errs with a hint where there is no such program, or no such folder', async () => {
  const noProgram = await run([task('a', { run: { path: 'no-such-program' } })])
  expect(noProgram.outcome).toBe('errored')
  expect(noProgram.failure).toMatchObject({ exitCode: 4 })
  expect(noProgram.failure?.hint).toContain('no-such-program')
  const noFolder = await run([task('a', { run: { path: 'sh', dir: 'nowhere' } })])
  expect(noFolder.outcome).toBe('errored')
})

it('errs where params are longer than a program can take', async () => {
  const told = await run([sh('a', 'true', { params: { LONG: 'x'.repeat(3_000_000) } })])
  expect(told.outcome).toBe('errored')
  expect(told.failure?.hint).toContain('file')
})

it('has both outputs in one log, in the order in which they came', async () => {
  const told = await run([sh('a', 'for i in 1 2 3; do echo out $i; echo err $i >&2; done; printf rest')])
  const lines = ['out 1', 'err 1', 'out 2', 'err 2', 'out 3', 'err 3', 'rest']
  expect(told.output('a')).toEqual(lines)
  expect(readFileSync(join(told.dir, 'logs', '01-a.log'), 'utf8')).toBe(`${lines.join('\n')}\n`)
})

it('keeps letters whole that are written byte by byte, and takes each state of a progress bar as a line', async () => {
  const told = await run([sh('a', "printf '\\303'; sleep 0.05; printf '\\274\\n10%%\\r20%%\\r\\n'")])
  expect(told.output('a')).toEqual(['ü', '10%', '20%'])
})

it('does not wait for a daemon that a task has started', async () => {
  const told = await run([sh('a', 'setsid sleep 30 & echo on')])
  expect(told.outcome).toBe('succeeded')
  expect(told.took.milliseconds).toBeLessThan(10_000)
})

it('reads a task file from an artifact, with vars of the step', async () => {
  const file = [
    'platform: linux',
    'params: {GREETING: ((word)), LIST: ((list)), KEPT: kept}',
    'run:',
    '  path: sh',
    "  args: [-c, 'echo $GREETING $LIST $KEPT ((who))']"
  ].join('\n')
  const told = await run(
    [
      writeTask('tasks/deep.yml', file),
      { kind: 'task', name: 'b', file: 'tasks/deep.yml', vars: { word: 'hello', list: [1, 2] } }
    ],
    { vars: name => (name === 'who' ? 'everybody' : undefined) }
  )
  expect(told.output('b')).toEqual(['hello [1,2] kept ((redacted))'])
})

it.each([
  ['nowhere/task.yml', 'nowhere'],
  ['tasks/other.yml', 'tasks/other.yml'],
  ['tasks/broken.yml', 'platfrom']
])('errs where %s is no task', async (file, word) => {
  const told = await run([
    sh('a', 'echo "{platfrom: linux, run: {path: sh}}" > tasks/broken.yml', { outputs: ['tasks'] }),
    { kind: 'task', name: 'b', file }
  ])
  expect(told.outcome).toBe('errored')
  expect(told.exitCode).toBe(3)
  expect(told.failure?.message).toContain(word)
})

it('errs before the program where a task file has a var without a value', async () => {
  const told = await run([
    writeTask('tasks/a.yml', '{platform: linux, run: {path: ((no-value))}}'),
    { kind: 'task', name: 'b', file: 'tasks/a.yml' }
  ])
  expect(told.outcome).toBe('errored')
  expect(told.failure?.message).toContain('((no-value))')
})

it('errs where an image artifact is not there', async () => {
  const told = await run([sh('a', 'true', { image: 'nowhere' })])
  expect(told.outcome).toBe('errored')
})

it('ends a task that is aborted before it has begun', async () => {
  const controller = new AbortController()
  controller.abort()
  const told = await run([sh('a', 'echo begun')], { signal: controller.signal })
  expect(told.outcome).toBe('aborted')
  expect(told.output('a')).not.toContain('begun')
})

it('reads nothing from the standard input of the runner', async () => {
  const told = await run([sh('a', 'cat; echo end')])
  expect(told.output('a')).toEqual(['end'])
})

it('tells a step that was cut short from one that failed by itself', async () => {
  const told = await run(
    [sh('a', 'trap "exit 0" TERM; echo on; while true; do sleep 0.05; done')],
    abortWhen(says('on'))
  )
  expect(told.outcome).toBe('aborted')
})

it('finds its folder even where a folder of its path has odd letters', async () => {
  const dir = join(await newFolder(), "it's a $folder", 'r 1')
  mkdirSync(join(dir, '..'))
  const told = await run(
    [sh('a', 'echo 1 > x/f', { outputs: ['x'] }), sh('b', 'cat x/f', { inputs: ['x'] })],
    { dir }
  )
  expect(told.output('b')).toEqual(['1'])
})
