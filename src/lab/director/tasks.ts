import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAbort, messageOf, systemCodeOf } from '../../core/errors.ts'
import type { Saved } from '../saved.ts'
import { DirectorError, taskCancelled, unknownCode } from './director-error.ts'
import { EventLog } from './event-log.ts'
import type { DirectorData, TaskRecord, TaskState } from './model.ts'

export interface NewTask {
  readonly type: string
  readonly description: string
  readonly user: string
  readonly deployment?: string
  readonly contextId?: string
}

/** What a task's work is handed. */
export interface TaskJob {
  readonly id: number
  readonly uid: string
  readonly description: string
  readonly user: string
  /** Aborted when the task is cancelled. */
  readonly signal: AbortSignal
  readonly events: EventLog
  /** One line of the output `result`. */
  result(line: string): void
  debug(line: string): void
}

/** Returns the task's result in words. */
export type Work = (job: TaskJob) => Promise<string>

export const outputTypes = ['event', 'result', 'debug', 'cpi'] as const
export type OutputType = (typeof outputTypes)[number]

/** The Director's result field holds so many characters. */
const longestResult = 128

const running: readonly TaskState[] = ['queued', 'processing', 'cancelling']

/** Tasks of a Director: each runs at once, and its outputs are files. */
export class Tasks {
  readonly #saved: Saved<DirectorData>
  readonly #folder: string
  readonly #cancels = new Map<number, AbortController>()
  readonly #works = new Set<Promise<void>>()

  constructor(saved: Saved<DirectorData>, folder: string) {
    this.#saved = saved
    this.#folder = join(folder, 'tasks')
    for (const task of saved.data.tasks) if (running.includes(task.state)) this.#interrupt(task)
  }

  list(): readonly TaskRecord[] {
    return this.#saved.data.tasks
  }

  find(id: number): TaskRecord {
    const found = this.#saved.data.tasks.find(task => task.id === id)
    if (found === undefined) throw new DirectorError(10000, `Task ${id} not found`, 404)
    return found
  }

  output(id: number, type: OutputType): Buffer | undefined {
    try {
      return readFileSync(join(this.#folder, String(id), type))
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'ENOENT') return undefined
      throw thrown
    }
  }

  /** Begins the work and returns its task without waiting for it. */
  start({ type, description, user, deployment, contextId }: NewTask, work: Work): TaskRecord {
    const now = seconds()
    const task: TaskRecord = {
      id: this.#saved.data.nextTask++,
      type,
      state: 'processing',
      description,
      timestamp: now,
      started_at: now,
      result: '',
      user,
      deployment: deployment ?? null,
      context_id: contextId ?? ''
    }
    this.#saved.data.tasks.push(task)
    this.#save()
    const cancel = new AbortController()
    this.#cancels.set(task.id, cancel)
    const running = this.#run(task, cancel.signal, work).finally(() => {
      this.#cancels.delete(task.id)
      this.#works.delete(running)
    })
    this.#works.add(running)
    return task
  }

  /** Throws the Director's error unless the task can still be cancelled. */
  cancel(id: number): void {
    const task = this.find(id)
    if (task.state !== 'queued' && task.state !== 'processing') {
      throw new DirectorError(10002, `Cannot cancel task ${id}: invalid state (${task.state})`)
    }
    task.state = 'cancelling'
    this.#saved.touch()
    this.#cancels.get(id)?.abort()
  }

  /** Cancels what runs, and waits for its end. */
  async close(): Promise<void> {
    for (const cancel of this.#cancels.values()) cancel.abort()
    await Promise.all(this.#works)
  }

  async #run(task: TaskRecord, signal: AbortSignal, work: Work): Promise<void> {
    const job = this.#jobOf(task, signal)
    try {
      job.debug(`Starting task: ${task.id}`)
      const result = await work(job)
      this.#finish(task, 'done', result)
    } catch (thrown) {
      const error = isAbort(thrown) ? taskCancelled(task.id) : thrown
      const code = error instanceof DirectorError ? error.code : unknownCode
      job.debug(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
      job.events.error(code, messageOf(error))
      const isCancelled = code === taskCancelled(task.id).code
      this.#finish(
        task,
        isCancelled ? 'cancelled' : 'error',
        isCancelled ? 'task cancelled' : messageOf(error)
      )
    }
  }

  #jobOf(task: TaskRecord, signal: AbortSignal): TaskJob {
    const folder = join(this.#folder, String(task.id))
    mkdirSync(folder, { recursive: true })
    for (const type of outputTypes) writeFileSync(join(folder, type), '')
    const append = (type: OutputType, line: string): void => {
      appendFileSync(join(folder, type), `${line}\n`)
    }
    const debug = (line: string): void => {
      append('debug', `I, [${new Date().toISOString()}] [task:${task.id}] ${line}`)
    }
    return {
      id: task.id,
      uid: randomUUID(),
      description: task.description,
      user: task.user,
      signal,
      events: new EventLog(line => append('event', line)),
      result: line => append('result', line),
      debug
    }
  }

  #finish(task: TaskRecord, state: TaskState, result: string): void {
    task.state = state
    task.result = result.length > longestResult ? `${result.slice(0, longestResult)}...` : result
    task.timestamp = seconds()
    this.#save()
  }

  /** Whoever is told a task's number finds it again, even after the process was killed. */
  #save(): void {
    this.#saved.touch()
    this.#saved.flush()
  }

  /** The process that ran it is gone, and with it the work. */
  #interrupt(task: TaskRecord): void {
    const job = this.#reopen(task)
    job.error(unknownCode, 'Task was interrupted: the Director was stopped')
    this.#finish(task, 'error', 'Task was interrupted')
  }

  #reopen(task: TaskRecord): EventLog {
    const path = join(this.#folder, String(task.id), 'event')
    return new EventLog(line => {
      mkdirSync(join(path, '..'), { recursive: true })
      appendFileSync(path, `${line}\n`)
    })
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}
