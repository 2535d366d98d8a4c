import { mkdirSync, openSync, closeSync, rmSync } from 'node:fs'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { messageOf, systemCodeOf, UserError } from '../core/errors.ts'
import { Cloud } from './cloud/cloud.ts'
import { isRunningDirector } from './director-vm.ts'
import { labPaths } from './paths.ts'
import type { ServiceAnswer, ServiceRequest } from './service-protocol.ts'
import { askSupervisor, type SupervisorAnswer, type SupervisorRequest } from './supervisor-protocol.ts'

export interface SupervisorOptions {
  /** The file that is the lab's service: `dist/lab/service.js`, or its source with a loader. */
  readonly service: string
  /** Arguments of node that the service needs, e.g. `['--import', 'tsx']`. @default none */
  readonly nodeArgs?: readonly string[]
}

/** Keeps the lab's service for as long as it is open. */
export interface Supervisor {
  /** Starts the service again if the cloud says that something runs that it hosts. */
  powerOn(): Promise<void>
  /** Ends the service and waits until it is gone. What the lab has built stays in its folder. */
  close(): Promise<void>
}

/**
 * Opens the lab: from now on its programs can power machines on and off. The service is a child of this process and dies
 * with it, whatever ends it. Throws a UserError (refused) where another process has the lab open.
 */
export async function openSupervisor(lab: string, options: SupervisorOptions): Promise<Supervisor> {
  const { root, supervisorSocket } = labPaths(lab)
  mkdirSync(root, { recursive: true })
  await refuseSecond(lab)
  rmSync(supervisorSocket, { force: true })

  const service = new ServiceProcess(lab, options)
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    // Of a program that was killed while it asked, the line breaks, and nobody waits for the answer.
    answerEach(socket, service).catch(() => socket.destroy())
  })
  await listen(server, supervisorSocket)
  return {
    powerOn: () => service.sync(),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await Promise.all([closed, service.close()])
    }
  }
}

async function refuseSecond(lab: string): Promise<void> {
  const isTaken = await askSupervisor(lab, { kind: 'ping' }).then(
    () => true,
    (thrown: unknown) => !(thrown instanceof UserError && systemCodeOf(thrown.cause) !== undefined)
  )
  if (!isTaken) return
  throw new UserError('refused', `${lab}: found another causeway at work in this lab, expected none`, {
    hint: 'wait until it has ended'
  })
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path)
  await once(server, 'listening')
}

async function answerEach(socket: Socket, service: ServiceProcess): Promise<void> {
  for await (const line of createInterface({ input: socket })) {
    const request = JSON.parse(line) as SupervisorRequest
    const answer: SupervisorAnswer = await (
      request.kind === 'ping' ? Promise.resolve() : service.sync()
    ).then(
      () => ({}),
      (thrown: unknown) => ({ error: messageOf(thrown) })
    )
    if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
  }
}

/** The one background process of a lab. It is there while it hosts something. */
class ServiceProcess {
  readonly #lab: string
  readonly #options: SupervisorOptions
  #child: ChildProcess | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(lab: string, options: SupervisorOptions) {
    this.#lab = lab
    this.#options = options
  }

  /** One at a time, so that each caller's wish is answered by what the cloud said after it was made. */
  sync(): Promise<void> {
    const work = this.#last.catch(() => undefined).then(() => this.#sync())
    this.#last = work
    return work
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined)
    if (this.#child !== undefined) await end(this.#child)
  }

  async #sync(): Promise<void> {
    const isNeeded = new Cloud(this.#lab).all('vm').some(isRunningDirector)
    if (!isNeeded && !this.#isUp()) return
    // A service that was killed in the middle of its work is replaced; one that dies of being asked is not.
    const answer = (this.#isUp() ? await this.#ask() : undefined) ?? (await this.#ask())
    if (answer === undefined) throw new Error(`the service has ended; see ${labPaths(this.#lab).serviceLog}`)
    if (answer.error !== undefined) throw new Error(answer.error)
    if (!answer.hosts && this.#child !== undefined) await end(this.#child)
  }

  #isUp(): boolean {
    return this.#child?.connected === true && !hasEnded(this.#child)
  }

  #ask(): Promise<ServiceAnswer | undefined> {
    return ask(this.#running())
  }

  #running(): ChildProcess {
    if (this.#child !== undefined && this.#isUp()) return this.#child
    const log = openSync(labPaths(this.#lab).serviceLog, 'a', 0o600)
    try {
      this.#child = fork(this.#options.service, [this.#lab], {
        execArgv: [...(this.#options.nodeArgs ?? [])],
        stdio: ['ignore', log, log, 'ipc']
      })
      return this.#child
    } finally {
      closeSync(log)
    }
  }
}

/** The service's answer; undefined when it ended instead. */
async function ask(child: ChildProcess): Promise<ServiceAnswer | undefined> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    const answered = once(child, 'message', { signal }).then(([answer]) => answer as ServiceAnswer)
    const ended = once(child, 'exit', { signal }).then(() => undefined)
    const request: ServiceRequest = { kind: 'sync' }
    // What can't be sent is answered by the child's end.
    child.send(request, () => undefined)
    return await Promise.race([answered, ended])
  } finally {
    waiting.abort()
  }
}

/** The service ends when its line to this process is cut. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  if (child.connected) child.disconnect()
  await ended
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
