import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

let cwd = ''
let program = ''

// As a task program is made: one file, which starts ten times as fast as its sources.
beforeAll(async () => {
  program = join(await mkdtemp(join(tmpdir(), 'program-')), 'example-task.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'example-task.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    logLevel: 'error',
    banner: {
      js: `import { createRequire as make } from 'node:module';const require = make(import.meta.url);`
    }
  })
})

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'task-'))
  await mkdir(join(cwd, 'state'))
  await writeFile(join(cwd, 'state', 'a'), '1')
})

/** Runs the example task in its own process; `onLine` may end it. */
function runTask(
  env: Record<string, string>,
  options: { args?: string[]; when?: RegExp; signal?: NodeJS.Signals } = {}
): Promise<Ended> {
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...(options.args ?? [])], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, TMPDIR: cwd, ...env }
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString()
    if (options.when?.test(stderr) === true) child.kill(options.signal)
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, stdout, stderr })))
}

describe('a task program', () => {
  it('is handed inputs and outputs as paths, and typed params; a secret is masked in what it writes', async () => {
    const ended = await runTask({ DO: 'report', KEY: 'secret-key' })
    expect(ended.code).toBe(0)
    const seen: unknown = JSON.parse(await readFile(join(cwd, 'report', 'seen.json'), 'utf8'))
    expect(seen).toEqual({ state: ['a'], extra: null, key: '((redacted))' })
  })

  it('says all that lacks before it starts, with exit code 3', async () => {
    cwd = await mkdtemp(join(tmpdir(), 'task-'))
    const ended = await runTask({})
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain('task(example-task).params.DO: found nothing, expected a value')
    expect(ended.stderr).toContain('task(example-task).inputs.state: found no folder')
  })

  it('ends in 4 and shows the command where a program failed', async () => {
    const ended = await runTask({ DO: 'fail' })
    expect(ended.code).toBe(4)
    expect(ended.stderr).toMatch(
      /error: \(cd .*state && git rev-parse HEAD\): exit code 128\nfatal: not a git repository/
    )
  })

  it('ends in 7 with a hint where a guard refuses', async () => {
    const ended = await runTask({ DO: 'refuse' })
    expect(ended.code).toBe(7)
    expect(ended.stderr).toBe('error: lab: held by somebody\nhint: wait\n')
  })

  it('ends in 1 with the stack where we made a mistake', async () => {
    const ended = await runTask({ DO: 'break' })
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(/^bug: TypeError: a mistake of ours\n {4}at .*example-task\.ts/)
  })

  it('ends itself in 5 when its time is over', async () => {
    const ended = await runTask({ DO: 'wait' })
    expect(ended.code).toBe(5)
    expect(ended.stderr).toContain('error: example-task: ran for 2s, expected it to be done by then')
  })

  it('never shows a secret param', async () => {
    const ended = await runTask({ DO: 'show-secret', KEY: 'hunter22' })
    expect(ended.code).toBe(4)
    expect(ended.stderr).toContain('the key is ((redacted))')
    expect(ended.stderr + ended.stdout).not.toContain('hunter22')
  })

  it('gives programs a home and a folder for temporary files that go with it, and nothing that makes them talk', async () => {
    const bin = join(cwd, 'bin')
    await mkdir(bin)
    const leave =
      'echo k >"$TMPDIR/key"; echo k >"$HOME/token"; umask >&2; stat -c %a "$TMPDIR" "$HOME" >&2; env >&2'
    await writeFile(join(bin, 'bosh'), `#!/bin/bash\n${leave}\n`)
    await chmod(join(bin, 'bosh'), 0o755)
    const talkative = {
      SHELLOPTS: 'xtrace',
      PS4: '+ ',
      BOSH_LOG_LEVEL: 'debug',
      BBL_DEBUG: 'true',
      TF_LOG: 'TRACE'
    }
    const { code, stderr } = await runTask({
      ...talkative,
      DO: 'wait-for-program',
      KEY: 'hunter22',
      PATH: `${bin}:${process.env['PATH'] ?? ''}`
    })
    expect(code).toBe(0)
    expect(stderr).toContain('0077\n700\n700\n')
    expect(stderr).not.toMatch(/^\+ |^(KEY|PS4|BOSH_LOG_LEVEL|BBL_DEBUG|TF_LOG)=|xtrace/m)
    expect((await readdir(cwd)).sort()).toEqual(['bin', 'report', 'state'])
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'passes %s on to the program that it waits for',
    async signal => {
      const bin = join(cwd, 'bin')
      await mkdir(bin)
      await writeFile(
        join(bin, 'bosh'),
        `#!/bin/sh\ntrap 'echo "bosh got it" >&2; exit 1' TERM INT\necho up >&2\nwhile :; do sleep 0.05; done\n`
      )
      await chmod(join(bin, 'bosh'), 0o755)
      const env = { DO: 'wait-for-program', PATH: `${bin}:${process.env['PATH'] ?? ''}` }
      const ended = await runTask(env, { when: /up\n/, signal })
      expect(ended.stderr).toContain('bosh got it')
      expect(ended.stderr).toContain(`ended by us (${signal})`)
      expect(ended.code).toBe(4)
    }
  )

  it('shows its inputs, outputs and params', async () => {
    const ended = await runTask({}, { args: ['--help'] })
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain('Inputs:\n  state  A folder.\n  extra  Another. Optional.')
    expect(ended.stdout).toContain('KEY  A secret. (optional; secret)')
  })
})
