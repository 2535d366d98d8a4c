import { at, isMap, textAt, textsAt, type Value } from '../../../manifest/value.ts'
import { clock, duration, unixDate } from './times.ts'
import type { Ui } from './ui.ts'

interface TaskEvent {
  readonly time: number
  readonly stage: string
  readonly task: string
  readonly state: string
  readonly tags: readonly string[]
  readonly raw: Value
}

/**
 * Shows a Director's tasks as they go on: their events, or, with `plain`, the text of a log as it is
 * (bosh-cli v7, ui/task/reporter.go).
 */
export class TaskReporter {
  readonly #ui: Ui
  readonly #plain: boolean
  readonly #tasks = new Map<number, { readonly events: TaskEvent[]; rest: string }>()
  /** The event shown last, of whatever task. */
  #last: { readonly id: number; readonly event?: TaskEvent } | undefined
  /** The task that was started last and has not said anything since. */
  #silent: number | undefined

  constructor(ui: Ui, { plain }: { readonly plain: boolean }) {
    this.#ui = ui
    this.#plain = plain
  }

  started(id: number): void {
    if (this.#tasks.size > 0) this.#ui.end('')
    this.#tasks.set(id, { events: [], rest: '' })
    this.#last = { id }
    this.#silent = id
    this.#ui.begin(`Task ${id}`)
  }

  output(id: number, chunk: string): void {
    const task = this.#tasks.get(id)
    if (chunk === '' || task === undefined) return
    if (this.#silent === id) {
      this.#ui.begin('\n')
      if (this.#plain) this.#ui.begin('\n')
    }
    this.#silent = undefined
    if (this.#plain) {
      this.#ui.block(chunk)
      return
    }
    const lines = (task.rest + chunk).split('\n')
    task.rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') this.#show(id, task.events, readEvent(line))
  }

  finished(id: number, state: string): void {
    const events = this.#tasks.get(id)?.events ?? []
    const [first, last] = [events[0], events.at(-1)]
    if (first !== undefined && last !== undefined) {
      const took = duration(last.time - first.time)
      this.#ui.begin(
        `\n\nTask ${id} Started  ${unixDate(first.time)}\nTask ${id} Finished ${unixDate(last.time)}\nTask ${id} Duration ${took}`
      )
    }
    if (this.#silent === id) this.#ui.end(`. ${state.charAt(0).toUpperCase()}${state.slice(1)}`)
    else this.#ui.begin(`\nTask ${id} ${state}\n`)
    this.#silent = undefined
  }

  #show(id: number, events: TaskEvent[], event: TaskEvent): void {
    const start = events.find(earlier => isSame(earlier, event))
    const took = start === undefined ? '' : duration(event.time - start.time)
    const prefix = `\nTask ${id} | ${clock(event.time)} | `
    const status = `L ${textAt(event.raw, 'data', 'status') ?? ''}: ${event.task}`
    const failure = `\n     ${' '.repeat(String(id).length)}            L Error: ${textAt(event.raw, 'data', 'error') ?? ''}`
    const last = this.#last
    if (last?.id === id && last.event !== undefined && isSame(last.event, event)) {
      if (event.state === 'finished' || event.state === 'failed') this.#ui.block(` (${took})`)
      if (event.state === 'in_progress') this.#ui.block(prefix, status)
      if (event.state === 'failed') this.#ui.block(failure)
    } else {
      const isLoud = textAt(event.raw, 'type') === 'deprecation' || isMap(at(event.raw, 'error'))
      if (last !== undefined && last.id !== id && isLoud) this.#ui.block('\n')
      this.#showOther(event, prefix, took, status, failure)
    }
    events.push(event)
    this.#last = { id, event }
  }

  #showOther(event: TaskEvent, prefix: string, took: string, status: string, failure: string): void {
    const tags = event.tags.length === 0 ? '' : ` ${event.tags.join(', ')}`
    const what = `${event.stage}${tags}: ${event.task}`
    const type = textAt(event.raw, 'type')
    const message = textAt(event.raw, 'message') ?? ''
    const error = textAt(event.raw, 'error', 'message')
    if (type === 'deprecation') this.#ui.block(prefix, `Deprecation: ${message}`)
    else if (type === 'warning') this.#ui.block(prefix, `Warning: ${message}`)
    else if (event.state === 'started') this.#ui.block(prefix, what)
    else if (event.state === 'in_progress') this.#ui.block(prefix, what, prefix, status)
    else if (event.state === 'finished') this.#ui.block(prefix, `${what} (${took})`)
    else if (event.state === 'failed') this.#ui.block(prefix, `${what} (${took})`, failure)
    else if (error !== undefined) this.#ui.block(prefix, `Error: ${error}`)
  }
}

function readEvent(line: string): TaskEvent {
  const parsed: unknown = JSON.parse(line)
  const raw: Value = isMap(parsed) ? parsed : {}
  const time = at(raw, 'time')
  return {
    time: typeof time === 'number' ? time : 0,
    stage: textAt(raw, 'stage') ?? '',
    task: textAt(raw, 'task') ?? '',
    state: textAt(raw, 'state') ?? '',
    tags: textsAt(raw, 'tags'),
    raw
  }
}

function isSame(left: TaskEvent, right: TaskEvent): boolean {
  return (
    left.stage !== '' &&
    left.stage === right.stage &&
    left.task === right.task &&
    left.tags.join() === right.tags.join()
  )
}
