import { join } from 'node:path'
import type { TaskSignature } from '../concourse/signature.ts'
import { exitCodes, isAbort, messageOf, UserError } from '../core/errors.ts'
import { FindingsError } from '../core/finding.ts'
import type { Log } from '../core/log.ts'
import type { Redactor } from '../core/redact.ts'
import { createTools } from '../tools/tools.ts'
import { environmentFor } from './environment.ts'
import { findFolders } from './folders.ts'
import { readParams } from './params.ts'

/** A task with its own types forgotten: the process reads params and folders by the signature, so they fit again. */
export interface AnyTask extends TaskSignature {
  run(context: never): Promise<void>
}

/** Why a task is ended whose time is over. */
export const deadlineReason = 'deadline'

/** What a task is run with: the process, or a test in its place. */
export interface TaskProcess {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where its folders lie. */
  readonly cwd: string
  readonly log: Log
  readonly redactor: Redactor
  readonly scratch: string
  readonly signal: AbortSignal
}

/** Runs a task, tells of a failure by the log, and gives the exit code. */
export async function runTask(task: AnyTask, given: TaskProcess): Promise<number> {
  try {
    await runWith(task, given)
    return exitCodes.done
  } catch (thrown) {
    given.redactor.refresh()
    return showTaskError(task, thrown, given.log, given.signal)
  }
}

async function runWith(
  task: AnyTask,
  { env, cwd, log, redactor, scratch, signal }: TaskProcess
): Promise<void> {
  for (const [name, definition] of Object.entries(task.params)) {
    if (definition.secret === true) redactor.add(env[name])
    else redactor.addPublic(env[name])
  }
  const params = readParams(task, env)
  const folders = await findFolders(task, cwd)
  const findings = [...params.findings, ...folders.findings]
  if (findings.length > 0) throw new FindingsError(findings)
  const tools = createTools({ env: await environmentFor(task, env, scratch), log, redactor, signal, scratch })
  const published = join(cwd, 'causeway')
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
