import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../core/log.ts'
import { Redactor } from '../core/redact.ts'
import { helpOf } from './help.ts'
import { deadlineReason, runTask, type AnyTask } from './run-task.ts'

/**
 * The whole process of a task program: reads params and folders, runs the task under its deadline, passes signals on,
 * prints an error a person can use, and sets the exit code. Only here and in the command line is `process` read.
 */
export async function main(task: AnyTask): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(helpOf(task))
    return
  }
  // What a task or a program of its writes is for the user of the task alone, unless it says otherwise.
  process.umask(0o077)
  const redactor = new Redactor()
  const log = createLog(
    text => process.stderr.write(text),
    text => redactor.redact(text)
  )
  const stopping = new AbortController()
  const end = (signal: NodeJS.Signals) => () => {
    if (stopping.signal.aborted) return
    log.warn(`${signal}: ending ${task.name} in good order`)
    stopping.abort(signal)
  }
  // A second signal changes nothing: left to itself it would end us, and leave behind the program we wait for.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end(signal))
  const timer = setTimeout(() => stopping.abort(deadlineReason), task.timeout.milliseconds)
  const scratch = await mkdtemp(join(tmpdir(), `${task.name}-`))
  const { env } = process
  try {
    const given = { env, cwd: process.cwd(), log, redactor, scratch, signal: stopping.signal }
    process.exitCode = await runTask(task, given)
  } finally {
    clearTimeout(timer)
    await rm(scratch, { recursive: true, force: true })
  }
}
