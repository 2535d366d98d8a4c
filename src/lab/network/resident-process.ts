import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { messageOf } from '../../core/errors.ts'
import { ask, listen, run } from './resident-work.ts'
import type { Reply, Request, Result, Work } from './resident-protocol.ts'

const done: Result = { kind: 'done' }

/**
 * A process that lives in a network namespace and does what it is asked over the line that it was started with: the first of
 * a lab is the init process of the lab's own process namespace, and starts the others. Each ends when its line is cut, and
 * with the first one the kernel ends all.
 */
export function runResident(host: NodeJS.Process): void {
  const residents = new Map<string, Resident>()
  const reply = (answer: Reply): void => {
    host.send?.(answer)
  }

  const doWork = async (work: Work): Promise<Result> => {
    switch (work.kind) {
      case 'run':
        return run(work)
      case 'ask':
        return ask(work)
      case 'listen':
        await listen(work.ports)
        return done
      case 'settle':
        residents.set(work.namespace, new Resident(work.namespace, host, reply))
        return done
      case 'evict':
        await residents.get(work.namespace)?.end()
        residents.delete(work.namespace)
        return done
    }
  }

  host.on('message', (request: Request) => {
    const { id, namespace, work } = request
    if (namespace !== undefined) {
      const resident = residents.get(namespace)
      if (resident === undefined) reply({ id, error: `nobody lives in ${namespace}` })
      else resident.pass({ id, work })
      return
    }
    void doWork(work)
      .then(
        (result): Reply => ({ id, result }),
        (thrown: unknown): Reply => ({ id, error: messageOf(thrown) })
      )
      .then(reply)
  })
  host.on('disconnect', () => host.exit(0))
}

/** A resident of another network namespace, and what it was asked and has not answered. */
class Resident {
  readonly #child: ChildProcess
  readonly #open = new Set<number>()

  constructor(namespace: string, host: NodeJS.Process, reply: (answer: Reply) => void) {
    const own = [host.execPath, ...host.execArgv, host.argv[1] ?? '']
    this.#child = spawn('nsenter', [`--net=/run/netns/${namespace}`, ...own], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc']
    })
    this.#child.on('message', (answer: Reply) => {
      this.#open.delete(answer.id)
      reply(answer)
    })
    this.#child.on('error', () => undefined)
    this.#child.on('close', () => {
      for (const id of this.#open) reply({ id, error: `the resident of ${namespace} has ended` })
    })
  }

  pass(request: Request): void {
    this.#open.add(request.id)
    // What can't be sent is answered by the resident's end.
    this.#child.send(request, () => undefined)
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
