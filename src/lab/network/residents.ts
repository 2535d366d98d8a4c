import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { UserError } from '../../core/errors.ts'
import type { Asked, AskWork, Ran, Reply, Request, Result, RunWork, Work } from './resident-protocol.ts'

/** The file that is a resident: `dist/src/lab/network/resident.js`, or its source with a loader. */
export interface ResidentProgram {
  readonly file: string
  /** Arguments of node that it needs. @default none */
  readonly nodeArgs?: readonly string[]
}

/** Own users, mounts, network and processes; the first process in them takes all others along when it ends. */
const unshare = [
  '--user',
  '--map-root-user',
  '--mount',
  '--net',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc'
]
/** Debian keeps ip and iptables where users have no PATH. */
const systemFolders = '/usr/sbin:/sbin'

/**
 * The processes of one lab's network, in namespaces of their own: whatever ends this process or the first one of them, the
 * kernel takes all processes, devices and mounts away.
 */
export class Residents {
  readonly #first: ChildProcess
  readonly #waiting = new Map<number, { done: (result: Result) => void; failed: (thrown: Error) => void }>()
  #lastId = 0
  #complaints = ''

  private constructor(first: ChildProcess) {
    this.#first = first
    first.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.#complaints += chunk))
    first.on('message', (reply: Reply) => this.#settle(reply))
    first.on('error', thrown => this.#fail(thrown.message))
    first.on('close', () => this.#fail(this.#complaints.trim() || 'its first process has ended'))
  }

  /** Throws a UserError (refused) where this machine gives nobody namespaces of their own, or lacks a program. */
  static async start({ file, nodeArgs = [] }: ResidentProgram): Promise<Residents> {
    const first = spawn('unshare', [...unshare, process.execPath, ...nodeArgs, file], {
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:${systemFolders}` },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      // Ctrl-C in a terminal reaches the whole foreground group; whoever handles it still needs the network.
      detached: true
    })
    const residents = new Residents(first)
    try {
      // The kernel's own names for network namespaces, and the lock of iptables, lie below /run.
      await residents.shell('mount -t tmpfs tmpfs /run; mkdir /run/netns; ip link set lo up')
    } catch (thrown) {
      await residents.close()
      throw thrown
    }
    return residents
  }

  /** Runs a program in the network namespace of that name, or where the hosts' cables end. */
  async run(work: Omit<RunWork, 'kind'>, namespace?: string): Promise<Ran> {
    const { program, args } = work
    const entered =
      namespace === undefined
        ? work
        : { ...work, program: 'nsenter', args: [`--net=/run/netns/${namespace}`, '--', program, ...args] }
    return (await this.#ask({ kind: 'run', ...entered })) as Ran
  }

  /** Runs lines of shell. Throws a UserError (program) where they fail. */
  async shell(script: string, namespace?: string): Promise<string> {
    const ran = await this.run({ program: 'sh', args: ['-eu'], input: script, deadline: 30_000 }, namespace)
    if (ran.code === 0) return ran.stdout
    const where = namespace === undefined ? '' : ` in ${namespace}`
    throw new UserError(
      'program',
      `the lab's network${where}: ${ran.stderr.trim() || 'a program was killed'}\n${script}`
    )
  }

  /** Starts a resident in a network namespace, and lets it answer on ports there. */
  async settle(namespace: string, ports: readonly number[]): Promise<void> {
    await this.#ask({ kind: 'settle', namespace })
    await this.#ask({ kind: 'listen', ports }, namespace)
  }

  async evict(namespace: string): Promise<void> {
    await this.#ask({ kind: 'evict', namespace })
  }

  /** Asks by HTTP from a network namespace that has a resident. */
  async ask(work: Omit<AskWork, 'kind'>, namespace: string): Promise<Asked> {
    return (await this.#ask({ kind: 'ask', ...work }, namespace)) as Asked
  }

  /** Ends all processes, and waits until the first is gone. */
  async close(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#first
    if (exitCode !== null || signalCode !== null || pid === undefined) return
    const ended = once(this.#first, 'exit')
    this.#first.kill('SIGKILL')
    await ended
  }

  #ask(work: Work, namespace?: string): Promise<Result> {
    this.#lastId += 1
    const request: Request = { id: this.#lastId, work, ...(namespace === undefined ? {} : { namespace }) }
    return new Promise((done, failed) => {
      this.#waiting.set(request.id, { done, failed })
      if (this.#first.connected) this.#first.send(request, () => undefined)
      else this.#fail('its first process has ended')
    })
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('result' in reply) waiting?.done(reply.result)
    else waiting?.failed(new UserError('program', `the lab's network: ${reply.error}`))
  }

  #fail(reason: string): void {
    for (const { failed } of this.#waiting.values()) {
      failed(
        new UserError('refused', `the lab's network: ${reason}`, {
          hint: 'see docs/lab.md for what the network of the lab needs of a machine'
        })
      )
    }
    this.#waiting.clear()
  }
}
