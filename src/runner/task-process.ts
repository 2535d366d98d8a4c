import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Duration } from '../core/duration.ts'
import { systemCodeOf, UserError } from '../core/errors.ts'
import { cutLines } from '../core/lines.ts'

export interface TaskProcess {
  /** Absolute. */
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** Ends the process: SIGTERM to all its group, and SIGKILL to who is left after `killAfter`. */
  readonly signal: AbortSignal
  readonly killAfter: Duration
  readonly line: (text: string) => void
}

/** How long the last output may take to arrive when the process is gone but somebody it left behind holds the pipe. */
const drainMillis = 250

/** Puts both outputs into one pipe, so that their lines come in the order in which they were written. */
const merge = 'exec "$0" "$@" 2>&1'

/**
 * Runs a program as a container would: in a process group of its own, of which nothing is left when its first process has
 * ended. Gives the exit code, 128 and the signal's number where a signal ended it. Throws where it can't be started.
 */
export async function runTaskProcess(task: TaskProcess): Promise<number> {
  const child = start(task)
  const lines = cutLines(task.line)
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk))
  const closed = new Promise(resolve => child.once('close', resolve))
  const stop = endOnAbort(child, task)
  try {
    const exitCode = await exitOf(child, task)
    killGroup(child.pid, 'SIGKILL')
    await Promise.race([closed, sleep(drainMillis, undefined, { ref: false })])
    return exitCode
  } finally {
    stop()
    child.stdout.destroy()
    lines.flush()
  }
}

function start(task: TaskProcess): ChildProcessByStdio<null, Readable, null> {
  try {
    return spawn('/bin/sh', ['-c', merge, task.program, ...task.args], {
      cwd: task.folder,
      env: task.env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true
    })
  } catch (thrown) {
    throw thrown instanceof Error ? explain(thrown, task) : thrown
  }
}

function exitOf(child: ChildProcess, task: TaskProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', thrown => reject(explain(thrown, task)))
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    )
  })
}

function explain(thrown: Error, { program, folder }: TaskProcess): Error {
  const code = systemCodeOf(thrown)
  if (code === 'E2BIG') {
    return new UserError(
      'program',
      `${program}: its params and arguments are longer than a program can take`,
      {
        hint: 'give it what is long in a file',
        cause: thrown
      }
    )
  }
  if (code === 'ENOENT') {
    return new UserError('program', `${program}: can't be started in ${folder}, which is no folder`, {
      hint: 'check run.dir',
      cause: thrown
    })
  }
  return thrown
}

function endOnAbort(child: ChildProcess, { signal, killAfter }: TaskProcess): () => void {
  let timer: NodeJS.Timeout | undefined
  const end = (): void => {
    killGroup(child.pid, 'SIGTERM')
    timer = setTimeout(() => killGroup(child.pid, 'SIGKILL'), killAfter.milliseconds)
  }
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // There is nobody left, which is what was wanted.
  }
}
