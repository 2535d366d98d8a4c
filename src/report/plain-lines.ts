import type { RunEvent } from '../core/run-event.ts'
import { cleanLine } from '../core/screen-text.ts'
import { timeOfDay, words } from './clock.ts'
import { isLeaf, labelOf } from './rows.ts'
import { applyEvent, emptyRun, titleOf, type RunView, type StepView } from './run-view.ts'
import { outcomeWords } from './style.ts'

export interface PlainLinesOptions {
  /** Times in UTC rather than by the clock on the wall. @default false */
  readonly utc?: boolean
}

/** Lines of its output that a failed step shows. */
const shownLines = 15

/**
 * A run as plain lines, for logs and pipes: `12:03:11 deploy-cf started`. Give it each event; it answers with what to
 * print, which is nothing for many of them.
 */
export function createPlainLines({ utc = false }: PlainLinesOptions = {}): (event: RunEvent) => string {
  const run = emptyRun()
  return event => {
    applyEvent(run, event)
    const lines = linesOf(event, run)
    const time = timeOfDay(run.seenAt, utc)
    return lines
      .map((line, index) => `${index === 0 ? time : ' '.repeat(time.length)} ${cleanLine(line)}\n`)
      .join('')
  }
}

function linesOf(event: RunEvent, run: RunView): string[] {
  switch (event.kind) {
    case 'run-started':
      return [`run ${event.run}: ${titleOf(run)} started`]
    case 'step-started': {
      const step = run.byId.get(event.step)
      return step !== undefined && isLeaf(step) ? [`${labelOf(step)} started`] : []
    }
    case 'step-finished': {
      const step = run.byId.get(event.step)
      return step !== undefined && isLeaf(step) ? finishedLines(step) : []
    }
    case 'notice':
      return [`note: ${event.message}`]
    case 'run-finished':
      return runFinishedLines(run)
    case 'step-output':
    case 'artifact':
      return []
    default:
      return event satisfies never
  }
}

function finishedLines(step: StepView): string[] {
  const { outcome = 'errored', tookMillis = 0 } = step
  const first = `${labelOf(step)} ${outcomeWords(outcome)} ${outcome === 'succeeded' ? 'in' : 'after'} ${words(tookMillis)}`
  if (outcome === 'succeeded') return [first]
  return [`${first}${codeOf(step.exitCode)}`, ...lastLines(step, shownLines).map(line => `| ${line}`)]
}

function runFinishedLines(run: RunView): string[] {
  const { outcome = 'errored', tookMillis = 0 } = run
  const first = `run ${run.run} ${outcomeWords(outcome)} ${outcome === 'succeeded' ? 'in' : 'after'} ${words(tookMillis)}`
  if (outcome === 'succeeded') return [first]
  return [
    `${first}${codeOf(run.exitCode)}`,
    ...(run.firstFailure === undefined ? [] : [`first: ${run.firstFailure}`])
  ]
}

/** What a failed step said last; its message where it said nothing. */
export function lastLines(step: StepView, count: number): string[] {
  const said = step.tail.map(cleanLine).filter(line => line.trim() !== '')
  const message = (step.message ?? '').split('\n').map(cleanLine)
  return (said.length > 0 ? said : message.filter(line => line.trim() !== '')).slice(-count)
}

function codeOf(exitCode: number | undefined): string {
  return exitCode === undefined ? '' : ` (exit code ${exitCode})`
}
