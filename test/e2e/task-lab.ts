import { execFileSync, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json, Step } from '../../src/concourse/model.ts'
import { interpolate } from '../../src/concourse/interpolate.ts'
import { isVariable, textOf } from '../../src/concourse/variable.ts'
import { visitSteps } from '../../src/concourse/walk.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { Cloud } from '../../src/lab/cloud/cloud.ts'
import { installLab, labEnvironment } from '../../src/lab/install.ts'
import { openSupervisor, type Supervisor } from '../../src/lab/supervisor.ts'
import { makeUpstreams } from '../../src/lab/upstreams/make-upstreams.ts'
import { newIdentity } from '../../src/state/keys.ts'
import { openState } from '../../src/state/open-state.ts'
import { createPrograms } from '../../src/tools/exec.ts'
import { createTools } from '../../src/tools/tools.ts'
import { pipelines } from '../pipelines/load.ts'
import { root } from './causeway-process.ts'

/** Programs of a task whose calls are counted. Whatever these start is counted, too, where it is one of them. */
const counted = ['bbl', 'bosh', 'credhub', 'git', 'kubectl'] as const

export interface TaskRun {
  /** null where it was killed. */
  readonly code: number | null
  readonly said: string
  /** The commands that it and its programs ran, as they ended. */
  readonly commands: readonly RunCommand[]
}

export interface RunCommand {
  readonly line: string
  /** Version of the cloud and commit of the state branch when it had ended: all that another run will find. */
  readonly world: string
}

/** What several labs share: built once. */
export interface Workshop {
  readonly folder: string
  /** Params of task steps of the lab's pipelines, by task. */
  readonly params: ReadonlyMap<string, Readonly<Record<string, string>>>
  close(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  execFileSync('node', ['scripts/build-now.mjs'], { cwd: root })
  const folder = await mkdtemp(join(tmpdir(), 'workshop-'))
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder }
  const programs = createPrograms({ env, log: createLog(() => undefined), redactor: new Redactor() })
  await makeUpstreams(join(folder, 'upstreams'), programs)
  execFileSync('git', ['clone', '-q', join(folder, 'upstreams/starkandwayne/bucc.git'), join(folder, 'bucc')])
  return {
    folder,
    params: await paramsOfTasks({ 'state-identity': await newIdentity() }),
    close: () => rm(folder, { recursive: true, force: true })
  }
}

/** What the pipelines of the lab give their tasks, vars filled in. */
async function paramsOfTasks(vars: Readonly<Record<string, Json>>): Promise<Workshop['params']> {
  const params = new Map<string, Readonly<Record<string, string>>>()
  const note = (step: Step): void => {
    if (step.kind !== 'task') return
    const given = Object.entries(step.params ?? {}).map(([name, value]) => {
      const filled = interpolate(isVariable(value) ? textOf(value) : value, ({ path }) => vars[path])
      return [name, typeof filled === 'string' ? filled : JSON.stringify(filled)] as const
    })
    params.set(step.name, Object.fromEntries(given))
  }
  for (const { environment, pipeline } of await pipelines()) {
    if (environment === 'lab') for (const job of pipeline.jobs) visitSteps(job, note)
  }
  return params
}

/** One lab with a state repository, in which task programs run alone, as processes that can be killed after any command. */
export class TaskLab {
  readonly cloud: Cloud
  readonly #workshop: Workshop
  readonly #folder: string
  readonly #supervisor: Supervisor
  #runs = 0

  private constructor(workshop: Workshop, folder: string, supervisor: Supervisor) {
    this.#workshop = workshop
    this.#folder = folder
    this.#supervisor = supervisor
    this.cloud = new Cloud(join(folder, 'lab'))
  }

  static async open(workshop: Workshop): Promise<TaskLab> {
    const folder = await mkdtemp(join(tmpdir(), 'task-lab-'))
    const lab = join(folder, 'lab')
    await installLab(lab, {
      programs: join(root, 'dist/src/lab/programs'),
      node: process.execPath,
      settings: { pace: 0 }
    })
    const bare = join(folder, 'git/state.git')
    execFileSync('git', ['init', '-q', '--bare', '-b', 'lab', bare])
    const supervisor = await openSupervisor(lab, { service: join(root, 'dist/src/lab/service.js') })
    const opened = new TaskLab(workshop, folder, supervisor)
    await opened.#writeShims()
    return opened
  }

  /**
   * Runs a task on a fresh clone of the state branch: what lay on the disk of the run before is gone, as on another worker. With
   * `killAfter` the process and all that it started are killed when that many commands have ended.
   */
  async run(task: string, killAfter = 0): Promise<TaskRun> {
    this.#runs += 1
    const id = `${this.#folder}/run-${this.#runs}`
    await mkdir(join(id, 'done'), { recursive: true })
    this.clone(join(id, 'state'))
    await cp(join(this.#workshop.folder, 'bucc'), join(id, 'bucc'), { recursive: true })
    const { params } = this.#workshop
    const env = {
      ...this.#env(),
      ...params.get(task),
      TMPDIR: id,
      TASK_LAB_RUN: id,
      TASK_LAB_KILL_AFTER: String(killAfter)
    }
    const child = spawn(process.execPath, [join(root, 'dist/bundles', `${task}.mjs`)], {
      cwd: id,
      env,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data.toString()))
    child.stderr.on('data', (data: Buffer) => (said += data.toString()))
    const code = await new Promise<number | null>(done => child.on('exit', done))
    await endAllOf(id)
    const names = (await readdir(join(id, 'done'))).sort((a, b) => Number(a) - Number(b))
    const texts = await Promise.all(names.map(name => readFile(join(id, 'done', name), 'utf8')))
    const commands = texts.map(text => {
      const [world = '', ...line] = text.split('\n')
      return { world, line: line.join(' ') }
    })
    return { code, said, commands }
  }

  /** What the state branch knows: the texts of its files, decrypted. */
  async stateText(): Promise<string> {
    this.#runs += 1
    const folder = join(this.#folder, `read-${this.#runs}`)
    this.clone(join(folder, 'state'))
    const tools = createTools({
      // Its own git is none of the commands that are counted.
      env: { PATH: process.env['PATH'] ?? '', HOME: this.#folder },
      log: createLog(() => undefined),
      redactor: new Redactor(),
      signal: new AbortController().signal,
      scratch: join(folder, 'scratch')
    })
    const { STATE_IDENTITY = '', ENVIRONMENT = '' } = this.#workshop.params.get('pave-infrastructure') ?? {}
    const plain = await openState(tools, { STATE_IDENTITY, ENVIRONMENT }, join(folder, 'state'))
    const telling = ['terraform.tfstate', 'jumpbox-state.json', 'bosh-state.json']
    const read = telling.map(name => readFile(join(plain, 'bbl/vars', name), 'utf8').catch(() => ''))
    return (await Promise.all(read)).join('\n')
  }

  /** A Director that a killed run left on is hosted by the lab's service. */
  async close(): Promise<void> {
    await this.#supervisor.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  clone(folder: string): void {
    execFileSync('git', ['clone', '-q', join(this.#folder, 'git/state.git'), folder], { stdio: 'ignore' })
  }

  #env(): Record<string, string> {
    const lab = join(this.#folder, 'lab')
    const inLab = labEnvironment(lab, {
      path: process.env['PATH'] ?? '',
      repositories: join(this.#folder, 'git')
    })
    const identity = ['AUTHOR', 'COMMITTER'].flatMap(who => [
      [`GIT_${who}_NAME`, 'lab'] as const,
      [`GIT_${who}_EMAIL`, 'lab@localhost'] as const
    ])
    return {
      ...inLab,
      PATH: `${join(this.#folder, 'shims')}:${inLab['PATH'] ?? ''}`,
      HOME: this.#folder,
      ...Object.fromEntries(identity)
    }
  }

  /** Each shim runs its program, notes down the call when it has ended, and kills the run where its time has come. */
  async #writeShims(): Promise<void> {
    const folder = join(this.#folder, 'shims')
    await mkdir(folder)
    const path = `${join(this.#folder, 'lab/bin')}:${process.env['PATH'] ?? ''}`
    for (const name of counted) {
      const program = execFileSync('/bin/sh', ['-c', `command -v ${name}`], { env: { PATH: path } })
      await writeFile(join(folder, name), shim(this.#folder, name, program.toString().trim()))
      await chmod(join(folder, name), 0o755)
    }
  }
}

/** Ends what a killed run has left, e.g. what was being started at that moment. */
async function endAllOf(id: string): Promise<void> {
  const marker = `TASK_LAB_RUN=${id}\0`
  for (;;) {
    const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
    const left = await Promise.all(
      pids.map(async pid => {
        const environ = await readFile(join('/proc', pid, 'environ'), 'utf8').catch(() => '')
        return environ.includes(marker) ? [Number(pid)] : []
      })
    )
    if (left.flat().length === 0) return
    for (const pid of left.flat()) endOne(pid)
  }
}

function endOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** A number is taken by making a file that must not exist, so that no two commands have the same. */
function shim(folder: string, name: string, program: string): string {
  return `#!/bin/bash
'${program}' "$@"
code=$?
versions=(${folder}/lab/cloud/state.*.json)
world="\${versions[-1]##*/} $(cat ${folder}/git/state.git/refs/heads/lab 2>/dev/null)"
number=1
until (set -C; printf '%s\\n' "$world" "${name} $*" >"$TASK_LAB_RUN/done/$number") 2>/dev/null; do
  [[ -d $TASK_LAB_RUN/done ]] || exit 1
  number=$((number + 1))
done
if [[ $number == "$TASK_LAB_KILL_AFTER" ]]; then
  for process in /proc/[0-9]*; do
    pid=\${process#/proc/}
    if [[ $pid != "$$" ]] && grep -qz "^TASK_LAB_RUN=$TASK_LAB_RUN$" "$process/environ" 2>/dev/null; then kill -9 "$pid"; fi
  done
  kill -9 $$
fi
exit $code
`
}
