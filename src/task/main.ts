import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TaskSignature } from '../concourse/signature.ts'
import { exitCodes, isAbort, messageOf, UserError } from '../core/errors.ts'
import { FindingsError } from '../core/finding.ts'
import { createLog, type Log } from '../core/log.ts'
import { Redactor } from '../core/redact.ts'
import { createTools } from '../tools/tools.ts'
import { environmentFor } from './environment.ts'
import { findFolders } from './folders.ts'
import { readParams } from './params.ts'
import { helpOf } from './help.ts'

/** A task with its own types forgotten: the process reads params and folders by the signature, so they fit again. */
export interface AnyTask extends TaskSignature {
  run(context: never): Promise<void>
}

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
  try {
    await runTask(task, { log, redactor, scratch, signal: stopping.signal })
  } catch (thrown) {
    redactor.refresh()
    process.exitCode = showTaskError(task, thrown, log, stopping.signal)
  } finally {
    clearTimeout(timer)
    await rm(scratch, { recursive: true, force: true })
  }
}

const deadlineReason = 'deadline'

interface Process {
  readonly log: Log
  readonly redactor: Redactor
  readonly scratch: string
  readonly signal: AbortSignal
}

async function runTask(task: AnyTask, { log, redactor, scratch, signal }: Process): Promise<void> {
  const env = process.env
  for (const [name, definition] of Object.entries(task.params)) {
    if (definition.secret === true) redactor.add(env[name])
    else redactor.addPublic(env[name])
  }
  const params = readParams(task, env)
  const folders = await findFolders(task, process.cwd())
  const findings = [...params.findings, ...folders.findings]
  if (findings.length > 0) throw new FindingsError(findings)
  const tools = createTools({ env: await environmentFor(task, env, scratch), log, redactor, signal, scratch })
  const published = join(process.cwd(), 'causeway')
  const context = {
    inputs: folders.inputs,
    outputs: folders.outputs,
    params: params.values,
    published,
    tools,
    log,
    signal
  }
  await task.run(context as never)
}

function showTaskError(task: TaskSignature, thrown: unknown, log: Log, signal: AbortSignal): number {
  if (signal.aborted && signal.reason === deadlineReason) {
    log.raw(`error: ${task.name}: ran for ${task.timeout.toString()}, expected it to be done by then\n`)
    if (thrown instanceof UserError) log.raw(`hint: it was at: ${thrown.message.split('\n', 1)[0] ?? ''}\n`)
    return exitCodes.timeout
  }
  if (thrown instanceof UserError) {
    log.raw(thrown instanceof FindingsError ? `${thrown.message}\n` : `error: ${thrown.message}\n`)
    if (thrown.hint !== undefined) log.raw(`hint: ${thrown.hint}\n`)
    return thrown.exitCode
  }
  if (isAbort(thrown)) {
    log.raw(`error: ${task.name}: ended before it was done\n`)
    return exitCodes.program
  }
  log.raw(`bug: ${thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown)}\n`)
  return exitCodes.bug
}
