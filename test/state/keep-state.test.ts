import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openState } from '../../src/state/open-state.ts'
import { StateSession } from '../../src/state/state-session.ts'
import { readTree } from '../../src/tools/tree.ts'
import { paved, StateBench, treeOfTexts } from './bench.ts'

let program = ''
let bench: StateBench

// As a task program is made: one file.
beforeAll(async () => {
  program = join(await mkdtemp(join(tmpdir(), 'program-')), 'keep-state.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'keeping-task.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'error',
    banner: {
      js: `import { createRequire as make } from 'node:module';const require = make(import.meta.url);`
    }
  })
})

beforeEach(async () => {
  bench = await StateBench.open()
})

afterEach(() => bench.close())

interface Ended {
  readonly code: number | null
  readonly stderr: string
  /** Where the task worked; `state/` in it is its output. */
  readonly cwd: string
}

/**
 * Runs the task on the newest state, with a bbl that is a shell script: in it `$BRANCH` shows the state branch as
 * `git log` does, and `hang` waits until the task is gone.
 */
async function run(
  bblUp: string,
  options: { when?: RegExp; signal?: NodeJS.Signals; env?: Record<string, string>; cwd?: string } = {}
): Promise<Ended> {
  const cwd = options.cwd ?? bench.folder()
  await mkdir(join(cwd, 'bin'), { recursive: true })
  await mkdir(join(cwd, 'state'), { recursive: true })
  const script = `#!/bin/sh
case $1 in --version) echo bbl 9.0.48; exit ;; esac
BRANCH='git -C ${bench.remote} log --format=%s lab'
hang() { while kill -0 $PPID 2>/dev/null; do sleep 0.05; done; }
until_saved() { until $BRANCH | grep -q "$1"; do sleep 0.05; kill -0 $PPID || exit 9; done; }
mkdir -p vars
${bblUp}
`
  await writeFile(join(cwd, 'bin', 'bbl'), script, { mode: 0o755 })
  const { STATE_RECIPIENTS, ...params } = bench.params
  const child = spawn(process.execPath, [program], {
    cwd,
    env: {
      ...params,
      STATE_RECIPIENTS: JSON.stringify(STATE_RECIPIENTS),
      STATE_PRIVATE_KEY: '',
      PATH: `${join(cwd, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: cwd,
      TMPDIR: cwd,
      ...options.env
    }
  })
  let stderr = ''
  child.stdout.resume()
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString()
    if (options.when?.test(stderr) === true) child.kill(options.signal)
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, stderr, cwd })))
}

/** The state as the branch has it now: path → text. */
async function saved(): Promise<Record<string, string>> {
  const tree = await readTree(await openState(bench.tools(), bench.params, bench.clone()))
  return Object.fromEntries([...tree].map(([path, { content }]) => [path, Buffer.from(content).toString()]))
}

/** Reasons of the checkpoints, the oldest first. */
function reasons(): string[] {
  return bench.git(['log', '--reverse', '--format=%s', 'lab']).trim().split('\n')
}

const threeStages = `
echo '{"serial":1,"terraform_version":"1.4.5"}' >vars/terraform.tfstate; until_saved terraform.tfstate
echo '{"current_vm_cid":"vm-jumpbox"}' >vars/jumpbox-state.json; until_saved jumpbox-state
echo '{"current_vm_cid":"vm-director"}' >vars/bosh-state.json; until_saved bosh-state
`

describe('a task that keeps state', () => {
  it('leaves a checkpoint of the plan, of each thing that bbl made, and of the end', async () => {
    const { code, stderr } = await run(`${threeStages}echo last >after`)
    expect(stderr).not.toContain('error:')
    expect(code).toBe(0)
    expect(reasons()).toEqual([
      'checkpoint 1: pave lab: planned',
      'checkpoint 2: pave lab: vars/terraform.tfstate changed',
      'checkpoint 3: pave lab: vars/jumpbox-state.json changed',
      'checkpoint 4: pave lab: vars/bosh-state.json changed',
      'checkpoint 5: pave lab: done'
    ])
    expect(bench.git(['show', 'lab:checkpoint.json'])).toMatch(
      /"bbl": "bbl 9\.0\.48",\n.*\n *"terraform": "1\.4\.5"/
    )
  })

  it('does not take a file for whole that is still being written', async () => {
    await run(`printf '{"serial":' >vars/terraform.tfstate; sleep 1; echo '1}' >>vars/terraform.tfstate`)
    expect(await saved()).toMatchObject({ 'bbl/vars/terraform.tfstate': '{"serial":1}\n' })
    expect(Object.keys(await saved()).filter(path => path.endsWith('.torn'))).toEqual([])
  })

  it('has the state in plain text only where its owner alone reads it, and only while it runs', async () => {
    const { cwd, stderr } = await run('ls -ld .. . planned >&2')
    expect(stderr).toMatch(/drwx------ .* \.\.\n/)
    expect(stderr).toMatch(/-rw------- .* planned\n/)
    const left = await readTree(cwd, path => path === 'bin' || path.endsWith('/.git'))
    expect([...left.keys()].filter(path => path.includes('planned'))).toEqual(['state/bbl/planned.age'])
  })
})

describe('failure 1: bbl up that fails midway loses no state', () => {
  it('because all that it wrote is on the branch, encrypted, whatever came of it', async () => {
    const { code } = await run(`echo '{"envID":"lab"}' >bbl-state.json; echo half >vars/half; exit 1`)
    expect(code).toBe(4)
    expect(await saved()).toMatchObject({
      'bbl/bbl-state.json': '{"envID":"lab"}\n',
      'bbl/vars/half': 'half\n'
    })
    expect(reasons().at(-1)).toMatch(/: pave lab: failed$/)
  })

  it('and what is killed without a last word has left each thing that was made until then', async () => {
    const ended = await run(`${threeStages}echo saved >&2; hang`, { when: /saved\n/, signal: 'SIGKILL' })
    expect(ended.code).toBeNull()
    expect(await saved()).toMatchObject({
      'bbl/vars/terraform.tfstate': '{"serial":1,"terraform_version":"1.4.5"}\n',
      'bbl/vars/jumpbox-state.json': '{"current_vm_cid":"vm-jumpbox"}\n',
      'bbl/vars/bosh-state.json': '{"current_vm_cid":"vm-director"}\n'
    })
    // The next one begins there, also with what the dead one left of its checkout.
    expect((await run('cat vars/bosh-state.json', { cwd: ended.cwd })).stderr).toContain('vm-director')
  })

  it('nor is anything made while the state can be saved nowhere', async () => {
    await writeFile(join(bench.remote, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const { code, stderr, cwd } = await run('echo RAN >&2')
    expect(code).toBe(4)
    expect(stderr).not.toContain('RAN')
    expect(stderr).toContain('encrypted in the output `state`')
    expect(await readdir(join(cwd, 'state', 'bbl'))).toContain('planned.age')
  })
})

describe('failure 2: a build that is ended in mid-work leaves no half-written state', () => {
  const tearing = `
echo '{"serial":1}' >vars/terraform.tfstate; until_saved terraform.tfstate
printf '{"serial":2,"resou' >vars/terraform.tfstate; echo torn >&2; hang`

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: the last whole form stays, and the half is beside it',
    async signal => {
      const { code } = await run(tearing, { when: /torn\n/, signal })
      expect(code).toBe(4)
      expect(await saved()).toMatchObject({
        'bbl/vars/terraform.tfstate': '{"serial":1}\n',
        'bbl/vars/terraform.tfstate.torn': '{"serial":2,"resou'
      })
    }
  )

  it('its own deadline: the task ends in 5 with all of the state saved, before its step is killed', async () => {
    const { code } = await run(
      `echo '{"serial":7}' >vars/terraform.tfstate; until_saved terraform.tfstate; echo x >later; hang`,
      {
        env: { DEADLINE_MILLIS: '8000' }
      }
    )
    expect(code).toBe(5)
    expect(await saved()).toMatchObject({
      'bbl/vars/terraform.tfstate': '{"serial":7}\n',
      'bbl/later': 'x\n'
    })
  })
})

describe('failure 3: the put of the state is not rejected', () => {
  it('because environments of one repository have a branch each, and may be written at the same time', async () => {
    const branches = ['play-1', 'play-2', 'play-3']
    const sessions = await Promise.all(
      branches.map(name => {
        const params = { ...bench.params, ENVIRONMENT: name, STATE_BRANCH: name }
        return StateSession.open({ tools: bench.tools(), log: bench.log, params, checkout: bench.folder() })
      })
    )
    const words = { reason: 'at once', revision: 'none', tools: {}, mayLose: 'nothing' } as const
    const made = await Promise.all(sessions.map(session => session.checkpoint(treeOfTexts(paved), words)))
    expect(made).toEqual([true, true, true])
  })

  it('and the put under ensure, which rebases, finds its own commits on the branch already', async () => {
    const { cwd } = await run('echo 1 >made')
    const before = bench.headOf()
    const output = join(cwd, 'state')
    bench.git(['pull', '--quiet', '--rebase', bench.remote, 'lab'], output)
    bench.git(['push', '--quiet', bench.remote, 'HEAD:refs/heads/lab'], output)
    expect(bench.headOf()).toBe(before)
    expect(await readFile(join(output, 'checkpoint.json'), 'utf8')).toContain('"serial": 2')
  })
})
