import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The job's files as they lie in the repository; all but its configuration are no templates. */
export const templates = join(import.meta.dirname, '..', '..', 'release', 'jobs', 'silk-k8s', 'templates')

const isRoot = process.getuid?.() === 0
const unshareFlags = isRoot ? ['-n', '-m'] : ['-U', '-r', '-n', '-m']

/** Why no worker can be made here, or undefined: network namespaces need root, or a kernel that lets users make them. */
export const unable = ((): string | undefined => {
  for (const program of ['ip', 'nsenter', 'unshare', 'flock', 'awk']) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `no ${program} on PATH`
  }
  const tried = spawnSync('unshare', [...unshareFlags, 'ip', 'link', 'set', 'lo', 'up'])
  return tried.status === 0 ? undefined : 'no network namespaces here'
})()

/** Why no worker with packet filters can be made here, or undefined. */
export function unableToFilter(): string | undefined {
  if (unable !== undefined) return unable
  const tried = spawnSync('unshare', [...unshareFlags, 'iptables', '-w', '-t', 'nat', '-S'])
  return tried.status === 0 ? undefined : 'no iptables that works in a network namespace'
}

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

/** A process that has a network namespace of its own and does nothing, as the pause container of a pod. */
export interface Pod {
  readonly netns: string
  /** Ends it; its namespace goes too, unless a bind mount holds it. */
  kill(): Promise<void>
}

/** A worker: a network namespace and a mount namespace of its own, with the job's files beside a scratch folder. */
export class Worker {
  readonly scratch: string
  readonly job: string
  readonly #keeper: ChildProcess
  readonly #pods = new Set<ChildProcess>()

  private constructor(scratch: string, keeper: ChildProcess) {
    this.scratch = scratch
    this.job = join(scratch, 'job')
    this.#keeper = keeper
  }

  /** Makes one with the given settings, in place of those that the job's properties would become. */
  static async start(settings: (scratch: string) => Readonly<Record<string, string>>): Promise<Worker> {
    const scratch = await mkdtemp(join(tmpdir(), 'causeway-worker-'))
    const keeper = await startIdle('unshare', unshareFlags)
    const worker = new Worker(scratch, keeper)
    for (const folder of ['bin', 'lib']) {
      await cp(join(templates, folder), join(worker.job, folder), { recursive: true })
    }
    await worker.configure(settings(scratch))
    await worker.run('ip', ['link', 'set', 'lo', 'up'])
    return worker
  }

  /** Writes the job's settings. */
  async configure(settings: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`)
    await mkdir(join(this.job, 'config'), { recursive: true })
    await writeFile(join(this.job, 'config', 'settings.sh'), lines.join(''))
  }

  /** Runs a program on this worker to its end. */
  async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const env = { ...process.env, ...options.env }
    const child = spawn('nsenter', [...this.#enter(), '--', program, ...args], { env, stdio: 'pipe' })
    const text = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk))
    }
    // A program may end without having read what it was given.
    child.stdin.on('error', () => undefined).end(options.input ?? '')
    const [code] = (await once(child, 'close')) as [number | null]
    return { code: code ?? 128, ...text }
  }

  /** Runs lines of shell on this worker, and gives what they print; fails where they fail. */
  async shell(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.run('sh', ['-euc', script])
    if (code !== 0) throw new Error(`${script}: exit code ${code}\n${stderr}`)
    return stdout
  }

  /** Starts a program on this worker that goes on until it is killed. */
  start(program: string, args: readonly string[] = []): ChildProcess {
    const child = spawn('nsenter', [...this.#enter(), '--', program, ...args], { stdio: 'pipe' })
    this.#pods.add(child)
    return child
  }

  async pod(): Promise<Pod> {
    const child = await startIdle('nsenter', [...this.#enter(), '--', 'unshare', '-n'])
    this.#pods.add(child)
    return {
      netns: `/proc/${child.pid ?? 0}/ns/net`,
      kill: async () => {
        this.#pods.delete(child)
        await endProcess(child)
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pods, this.#keeper].map(endProcess))
    await rm(this.scratch, { recursive: true, force: true })
  }

  #enter(): string[] {
    const pid = String(this.#keeper.pid)
    return [...(isRoot ? [] : ['-U', '--preserve-credentials']), '-t', pid, '-n', '-m']
  }
}

/** Starts a process by a program that makes its namespaces, and waits until it stands in them. */
async function startIdle(program: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, [...args, 'sh', '-c', 'echo; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  return child
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
