import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { given } from '../core/given.ts'
import type { Log } from '../core/log.ts'
import type { Redactor } from '../core/redact.ts'
import type { RunEvent } from '../core/run-event.ts'
import { diskError } from '../tools/files.ts'
import { outcomeOf, type Ending } from './ending.ts'
import type { Frame, StepTitle } from './execute.ts'

type Unstamped<E> = E extends RunEvent ? Omit<E, 'at'> : never

export interface JournalOptions {
  /** Folder of the run, with a folder `logs` in it. */
  readonly folder: string
  readonly redactor: Redactor
  /** Sees each event as it happens. */
  readonly listener: (event: RunEvent) => void
  readonly now: () => Date
  /** Called once, when an event could not be written or heard: the run can't go on unseen. */
  readonly onTrouble: () => void
}

/** What one step says while it runs. */
export interface StepJournal {
  readonly id: number
  /** One line of output, without its end. */
  readonly line: (text: string) => void
  readonly notice: (message: string) => void
  readonly artifact: (name: string) => void
  readonly log: Log
}

/** Writes down what happens, in the order in which it happens, masked, and tells it on. */
export class Journal {
  readonly #options: JournalOptions
  readonly #events: number
  #steps = 0
  #trouble: Error | undefined

  constructor(options: JournalOptions) {
    this.#options = options
    this.#events = openSync(join(options.folder, 'events.jsonl'), 'a', 0o600)
  }

  /** What kept the journal from being written, if anything did. */
  get trouble(): Error | undefined {
    return this.#trouble
  }

  emit(event: Unstamped<RunEvent>): void {
    const stamped: RunEvent = { at: this.#options.now().toISOString(), ...event }
    this.#guard('events.jsonl', () => writeSync(this.#events, `${JSON.stringify(stamped)}\n`))
    this.#guard('the display of events', () => this.#options.listener(stamped))
  }

  notice(message: string, step?: number): void {
    this.emit({ kind: 'notice', message: this.#mask(message), ...given('step', step) })
  }

  /** A step round others: says that it begins and how it ended. */
  async enclose(title: StepTitle, frame: Frame, work: (inner: Frame) => Promise<Ending>): Promise<Ending> {
    return this.#timed(title, frame, id => work({ scope: frame.scope, parent: id }))
  }

  /** A step that has output: as `enclose`, with a log of its own, `logs/<number>-<name>.log`. */
  async step(
    title: StepTitle,
    frame: Frame,
    work: (journal: StepJournal) => Promise<Ending>
  ): Promise<Ending> {
    return this.#timed(title, frame, async id => {
      const name = `${String(id).padStart(2, '0')}-${title.name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_')}.log`
      const file = this.#guard(name, () => openSync(join(this.#options.folder, 'logs', name), 'a', 0o600))
      try {
        const journal = this.#stepJournal(id, text => {
          if (file !== undefined) this.#guard(name, () => writeSync(file, `${text}\n`))
        })
        const ending = await work(journal)
        if (ending.kind !== 'succeeded' && ending.cause.path === title.path) {
          const { message, hint } = ending.cause
          journal.log.raw(`${outcomeOf(ending)}: ${message}${hint === undefined ? '' : `\nhint: ${hint}`}`)
        }
        return ending
      } finally {
        if (file !== undefined) closeSync(file)
      }
    })
  }

  close(): void {
    closeSync(this.#events)
  }

  async #timed(title: StepTitle, frame: Frame, work: (id: number) => Promise<Ending>): Promise<Ending> {
    this.#steps += 1
    const id = this.#steps
    const { parent, attempt } = frame
    this.emit({
      kind: 'step-started',
      step: id,
      ...given('parent', parent),
      ...title,
      ...given('attempt', attempt)
    })
    const start = performance.now()
    const ending = await work(id)
    this.emit({
      kind: 'step-finished',
      step: id,
      outcome: outcomeOf(ending),
      tookMillis: Math.round(performance.now() - start),
      ...this.#ownCause(title.path, ending)
    })
    return ending
  }

  /** What went wrong is told at the step where it did, not once more at each that is round it. */
  #ownCause(path: string, ending: Ending): { message?: string; exitCode?: number } {
    if (ending.kind === 'succeeded' || ending.cause.path !== path) return {}
    const { message, programExitCode } = ending.cause
    return { message: this.#mask(message), ...given('exitCode', programExitCode) }
  }

  #stepJournal(id: number, write: (text: string) => void): StepJournal {
    const line = (text: string): void => {
      const masked = this.#mask(text)
      write(masked)
      this.emit({ kind: 'step-output', step: id, text: masked })
    }
    return {
      id,
      line,
      notice: message => this.notice(message, id),
      artifact: name => this.emit({ kind: 'artifact', step: id, name }),
      log: {
        info: line,
        warn: text => line(`warning: ${text}`),
        raw: text => text.replace(/\n$/, '').split('\n').forEach(line)
      }
    }
  }

  #mask(text: string): string {
    return this.#options.redactor.redact(text)
  }

  /** A journal that can't be written must not tear a step apart: the run is told once, and ends in good order. */
  #guard<T>(what: string, work: () => T): T | undefined {
    if (this.#trouble !== undefined) return undefined
    try {
      return work()
    } catch (thrown) {
      const trouble = diskError(join(this.#options.folder, what), thrown)
      this.#trouble = trouble instanceof Error ? trouble : new Error(messageOf(trouble))
      this.#options.onTrouble()
      return undefined
    }
  }
}
