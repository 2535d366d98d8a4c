import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Json, Step } from '../../src/concourse/model.ts'
import { interpolate } from '../../src/concourse/interpolate.ts'
import { isVariable, textOf } from '../../src/concourse/variable.ts'
import { visitSteps } from '../../src/concourse/walk.ts'
import { Duration } from '../../src/core/duration.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { delay } from '../../src/core/wait.ts'
import type { CloudData, Resource } from '../../src/lab/cloud/model.ts'
import type { Fault } from '../../src/lab/faults.ts'
import { installLab, labEnvironment } from '../../src/lab/install.ts'
import { labPaths } from '../../src/lab/paths.ts'
import { openSupervisor, type Supervisor } from '../../src/lab/supervisor.ts'
import { makeUpstreams } from '../../src/lab/upstreams/make-upstreams.ts'
import { newIdentity } from '../../src/state/keys.ts'
import { openState } from '../../src/state/open-state.ts'
import { createPrograms } from '../../src/tools/exec.ts'
import { createTools } from '../../src/tools/tools.ts'
import { pipelines } from '../pipelines/load.ts'
import { root } from './causeway-process.ts'

const labProgramFiles = join(root, 'dist/src/lab/programs')

export interface TaskRun {
  /** null where it was killed. */
  readonly code: number | null
  readonly said: string
  /** The commands that it, its programs and their scripts looked up on PATH, as they ended. */
  readonly commands: readonly RunCommand[]
  /** Command lines of what it had started and left running. */
  readonly left: readonly string[]
}

interface RunOptions {
  /** Name of a command: the process and all that it started are killed as soon as that has ended. */
  readonly killAfter?: string
  /**
   * The process alone gets a signal as soon as something is so; `deadline`: its own time is over. No command is noted down, since a shim
   * would be a process between the task and its program.
   */
  readonly signal?: { readonly name: NodeJS.Signals | 'deadline'; readonly when: () => Promise<boolean> }
  /** Texts of files that lie in the inputs of the task, by path. */
  readonly files?: Readonly<Record<string, string>>
}

export interface RunCommand {
  /**
   * Program, subcommand and which of these it is in its run, e.g. `git push 2`. So a command has the same name in each run, however
   * many others run beside it.
   */
  readonly name: string
  readonly line: string
  /** What there was at a moment after it had ended. */
  readonly world: World
}

/** All that another run will find. */
export interface World {
  /** File name of the cloud's version; empty where the cloud was never written to. */
  readonly cloud: string
  /** Commit of the state branch; empty where there is none. */
  readonly commit: string
}

/** A world, as far as a repave depends on it. */
export interface Remains {
  readonly resources: readonly Remaining[]
  /** Names of the files of the decrypted state, each with the names of its fields. */
  readonly state: readonly string[]
}

export interface Remaining {
  readonly name: string
  /** Whether the state branch knows its cid. */
  readonly isKept: boolean
  /** Whether it carries the label of the environment. */
  readonly isLabelled: boolean
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
  await writeShims(folder)
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
  /** `lab/` and `git/` lie below it, and a folder for each run. */
  readonly folder: string
  readonly #workshop: Workshop
  readonly #supervisor: Supervisor
  readonly #texts = new Map<string, Promise<ReadonlyMap<string, string>>>()
  #runs = 0

  private constructor(workshop: Workshop, folder: string, supervisor: Supervisor) {
    this.#workshop = workshop
    this.folder = folder
    this.#supervisor = supervisor
  }

  static async open(workshop: Workshop): Promise<TaskLab> {
    const folder = await mkdtemp(join(tmpdir(), 'task-lab-'))
    const lab = join(folder, 'lab')
    await installLab(lab, {
      programs: labProgramFiles,
      node: process.execPath,
      settings: { pace: 0 }
    })
    const bare = join(folder, 'git/state.git')
    execFileSync('git', ['init', '-q', '--bare', '-b', 'lab', bare])
    const supervisor = await openSupervisor(lab, { service: join(root, 'dist/src/lab/service.js') })
    return new TaskLab(workshop, folder, supervisor)
  }

  /**
   * Runs a task on a fresh clone of the state branch: what lay on the disk of the run before is gone, as on another worker. What it
   * started and left is killed in the end.
   */
  async run(task: string, { killAfter = '', signal, files = {} }: RunOptions = {}): Promise<TaskRun> {
    this.#runs += 1
    const id = `${this.folder}/run-${this.#runs}`
    for (const folder of ['done', 'named']) await mkdir(join(id, folder), { recursive: true })
    this.clone(join(id, 'state'))
    await cp(join(this.#workshop.folder, 'bucc'), join(id, 'bucc'), { recursive: true })
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(id, path)), { recursive: true })
      await writeFile(join(id, path), text)
    }
    const { params } = this.#workshop
    const env = {
      ...this.#env({ isNotedDown: signal === undefined }),
      ...params.get(task),
      TMPDIR: id,
      TASK_LAB_RUN: id,
      TASK_LAB_KILL_AFTER: killAfter
    }
    const clock = signal?.name === 'deadline' ? ['--import', clockOnSignal] : []
    const child = spawn(process.execPath, [...clock, join(root, 'dist/bundles', `${task}.mjs`)], {
      cwd: id,
      env,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data.toString()))
    child.stderr.on('data', (data: Buffer) => (said += data.toString()))
    const ended = new Promise<number | null>(done => child.on('exit', done))
    if (signal !== undefined) await sendWhenSo(child, signal)
    const code = await ended
    const left = await endAllOf(id)
    const names = (await readdir(join(id, 'done'))).sort((a, b) => Number(a) - Number(b))
    const texts = await Promise.all(names.map(name => readFile(join(id, 'done', name), 'utf8')))
    const commands = texts.map(text => {
      const [world = '', name = '', ...line] = text.split('\n')
      const [cloud = '', commit = ''] = world.slice(0, -1).split(' ')
      return { world: { cloud, commit }, name, line: line.join(' ').trim() }
    })
    return { code, said, commands, left }
  }

  /** The world as it is now. */
  async world(): Promise<World> {
    const versions = (await readdir(join(this.folder, 'lab/cloud'))).filter(name => isVersion.test(name))
    const head = join(this.folder, 'git/state.git/refs/heads/lab')
    return {
      cloud: versions.sort().at(-1) ?? '',
      commit: await readFile(head, 'utf8').then(
        text => text.trim(),
        () => ''
      )
    }
  }

  /** Looks at a world, be it a past one: the cloud keeps its last versions, and git all. */
  async remainsOf({ cloud, commit }: World): Promise<Remains> {
    this.#texts.set(commit, this.#texts.get(commit) ?? this.#stateAt(commit))
    const texts = (await this.#texts.get(commit)) ?? new Map<string, string>()
    const known = telling.map(path => texts.get(path) ?? '').join('\n')
    const resources = cloud === '' ? [] : resourcesIn(join(this.folder, 'lab/cloud', cloud))
    return {
      resources: resources.map(({ kind, name, cid, tags }) => ({
        name: `${kind} ${name}`,
        isKept: known.includes(cid),
        isLabelled: tags['director'] === 'bosh-lab'
      })),
      state: [...texts].map(([path, text]) => `${path}: ${fieldsOf(text).join(' ')}`)
    }
  }

  /** The files of the state at a commit, decrypted. */
  async #stateAt(commit: string): Promise<ReadonlyMap<string, string>> {
    if (commit === '') return new Map()
    const folder = join(this.folder, `read-${commit}`)
    this.clone(folder, commit)
    const tools = createTools({
      // Its own git is none of the commands that are counted.
      env: { PATH: process.env['PATH'] ?? '', HOME: this.folder },
      log: createLog(() => undefined),
      redactor: new Redactor(),
      signal: new AbortController().signal,
      scratch: join(this.folder, `scratch-${commit}`)
    })
    const { STATE_IDENTITY = '', ENVIRONMENT = '' } = this.#workshop.params.get('pave-infrastructure') ?? {}
    const plain = await openState(tools, { STATE_IDENTITY, ENVIRONMENT }, folder)
    const paths = ['bbl/bbl-state.json', ...(await readdir(join(plain, 'bbl/vars'))).map(toVars)]
    const texts = paths.map(async path => [path, await readFile(join(plain, path), 'utf8')] as const)
    return new Map(await Promise.all(texts))
  }

  /** Breaks the lab from now on, in this way alone. */
  async break(fault: Fault): Promise<void> {
    const { faults, faultsUsed } = labPaths(join(this.folder, 'lab'))
    await rm(faultsUsed, { recursive: true, force: true })
    await writeFile(faults, JSON.stringify([fault]))
  }

  /** Whether what was to break has broken. */
  async hasBroken(): Promise<boolean> {
    const { faultsUsed } = labPaths(join(this.folder, 'lab'))
    return (await readdir(faultsUsed).catch(() => [])).length > 0
  }

  /** A Director that a killed run left on is hosted by the lab's service. */
  async close(): Promise<void> {
    await this.#supervisor.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  clone(folder: string, commit?: string): void {
    execFileSync('git', ['clone', '-q', join(this.folder, 'git/state.git'), folder], { stdio: 'ignore' })
    if (commit !== undefined)
      execFileSync('git', ['checkout', '-q', commit], { cwd: folder, stdio: 'ignore' })
  }

  #env({ isNotedDown }: { readonly isNotedDown: boolean }): Record<string, string> {
    const lab = join(this.folder, 'lab')
    const inLab = labEnvironment(lab, {
      path: process.env['PATH'] ?? '',
      repositories: join(this.folder, 'git')
    })
    const identity = ['AUTHOR', 'COMMITTER'].flatMap(who => [
      [`GIT_${who}_NAME`, 'lab'] as const,
      [`GIT_${who}_EMAIL`, 'lab@localhost'] as const
    ])
    return {
      ...inLab,
      ...(isNotedDown && { PATH: `${join(this.#workshop.folder, 'shims')}:${inLab['PATH'] ?? ''}` }),
      TASK_LAB: this.folder,
      HOME: this.folder,
      ...Object.fromEntries(identity)
    }
  }
}

/** Files of the state that cids stand in. */
const telling = ['terraform.tfstate', 'jumpbox-state.json', 'bosh-state.json'].map(toVars)

function toVars(name: string): string {
  return `bbl/vars/${name}`
}

const isVersion = /^state\.\d+\.json$/

function resourcesIn(path: string): readonly Resource[] {
  const text = readFileSync(path, 'utf8')
  if (text === '') throw new Error(`${path}: swept; a run makes more versions than the cloud keeps`)
  return Object.values((JSON.parse(text) as CloudData).resources)
}

/** Names of the fields of a JSON or YAML file, wherever they stand: what differs between states that were made alike is left out. */
function fieldsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/^[\s{[-]*"?([\w-]+)"?: */gm)].map(([, name = '']) => name))].sort()
}

/** Every program that PATH leads to is a link to one shim, so that no command goes uncounted because nobody thought of it. */
async function writeShims(workshop: string): Promise<void> {
  const folder = join(workshop, 'shims')
  await mkdir(folder)
  const lab = join(workshop, 'lab')
  await installLab(lab, { programs: labProgramFiles, node: process.execPath })
  const path = process.env['PATH'] ?? ''
  const file = join(workshop, 'shim')
  await writeFile(file, shim(path))
  await chmod(file, 0o755)
  for (const name of await programsOn(`${lab}/bin:${path}`)) await symlink(file, join(folder, name))
}

async function programsOn(path: string): Promise<ReadonlySet<string>> {
  const folders = path.split(':').map(folder => readdir(folder).catch((): string[] => []))
  return new Set((await Promise.all(folders)).flat())
}

const deadlineSignal = 'SIGUSR2'

/** Loaded before a task: lets the timer of its deadline, the only one that is so long, strike on a signal. */
const clockOnSignal = `data:text/javascript,${encodeURIComponent(`
  const { setTimeout } = globalThis
  globalThis.setTimeout = (strike, length, ...rest) => {
    if (length >= 600_000) process.once('${deadlineSignal}', strike)
    return setTimeout(strike, length, ...rest)
  }
`)}`

async function sendWhenSo(
  child: ChildProcess,
  { name, when }: NonNullable<RunOptions['signal']>
): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await when()) {
      child.kill(name === 'deadline' ? deadlineSignal : name)
      return
    }
    await delay(Duration.milliseconds(50))
  }
}

/** Ends what a run has left, e.g. what was being started when it was killed. Gives the command lines of it. */
async function endAllOf(id: string): Promise<readonly string[]> {
  const marker = `TASK_LAB_RUN=${id}\0`
  const ended: string[] = []
  for (;;) {
    const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
    const left = await Promise.all(
      pids.map(async pid => {
        const environ = await readFile(join('/proc', pid, 'environ'), 'utf8').catch(() => '')
        if (!environ.includes(marker)) return []
        const line = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')
        return [{ pid: Number(pid), line: line.replaceAll('\0', ' ').trim() }]
      })
    )
    if (left.flat().length === 0) return ended
    for (const { pid, line } of left.flat()) {
      ended.push(line)
      endOne(pid)
    }
  }
}

function endOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs the program whose name it was called by, notes down the call when that has ended, and kills the run where that is the one. Of
 * each name and number a file is made that must not exist, so that no two commands have the same. Of a world both halves are read again
 * until neither has changed in between: then there was a moment at which it was so.
 */
function shim(path: string): string {
  return `#!/bin/bash
name=\${0##*/}
IFS=: read -r -a folders <<<"$TASK_LAB/lab/bin:${path}"
for folder in "\${folders[@]}"; do [[ ! -x $folder/$name || -d $folder/$name ]] || break; done
"$folder/$name" "$@"
code=$?
look() {
  local versions=($TASK_LAB/lab/cloud/state.[0-9]*.json) head=
  [[ ! -e $TASK_LAB/git/state.git/refs/heads/lab ]] || read -r head <"$TASK_LAB/git/state.git/refs/heads/lab"
  [[ -e \${versions[-1]} ]] || versions=('')
  seen="\${versions[-1]##*/} $head."
}
look
until world=$seen; look; [[ $seen == "$world" ]]; do :; done
line="$name $*"
# A task starts each program by way of a shell that becomes it.
short=\${line/#bash -c exec /exec }
pattern='^(exec )?([^ ]+)(( -[^ ]*)* ([a-z][a-z-]*)( |$))?'
[[ $short =~ $pattern ]]
called=\${BASH_REMATCH[1]}\${BASH_REMATCH[2]##*/}\${BASH_REMATCH[5]:+ \${BASH_REMATCH[5]}}
set -o noclobber
# Claims the first number that is free, and only one that is taken is passed over: where nothing can be written, this would never end.
claim() {
  number=1
  until { printf '%s\n' "\${@:2}" >"$1$number"; } 2>/dev/null; do
    [[ -e $1$number ]] || exit 1
    number=$((number + 1))
  done
}
claim "$TASK_LAB_RUN/named/$called "
called="$called $number"
claim "$TASK_LAB_RUN/done/" "$world" "$called" "$line"
if [[ $called == "$TASK_LAB_KILL_AFTER" ]]; then
  for process in /proc/[0-9]*; do
    pid=\${process#/proc/}
    mapfile -d '' -t variables 2>/dev/null <"$process/environ" || continue
    [[ $pid == "$$" || " \${variables[*]} " != *" TASK_LAB_RUN=$TASK_LAB_RUN "* ]] || kill -9 "$pid"
  done
  kill -9 $$
fi
exit $code
`
}
