import { relative } from 'node:path'
import { exitCodes } from '../../core/errors.ts'
import { FindingsError, type Finding } from '../../core/finding.ts'
import { checkSettings, noCheckFlags, type CheckFlags } from '../check-settings.ts'
import type { FindingsFormat } from '../options.ts'
import { outFolder, type CliContext } from '../context.ts'
import { emitPipelines, emitTasks, publishedFolders } from '../emission.ts'
import { loadEnvironment, loadEnvironments } from '../environments.ts'
import type { Writing } from '../pipeline-text.ts'
import { findingsAs, findingsAsError } from '../show-findings.ts'
import { writeEmission, type Written } from '../write-emission.ts'

export interface EmitOptions extends CheckFlags, Writing {
  readonly env?: string
  /**
   * What stdout carries. For `text` and `json` it is what was written; for `sarif` and `github` the findings, even
   * where there are none.
   */
  readonly format: FindingsFormat
}

/**
 * Emits, and says what changed. Gives the exit code. Findings go to stdout as `check` has them, but for those in text:
 * they are the error that ended the command, and are thrown.
 */
export async function emit(context: CliContext, { env, format, ...flags }: EmitOptions): Promise<number> {
  try {
    const { written, warnings } = await emitTo(context, env, flags)
    if (format === 'text' || format === 'json') {
      if (format === 'json') context.out(`${JSON.stringify({ files: written }, null, 2)}\n`)
      else sayWritten(context, written, context.out)
      if (warnings.length > 0) context.err(await findingsAsError(context, warnings))
    } else {
      context.out(await findingsAs(format, context, warnings))
      sayWritten(context, written, context.err)
    }
    return exitCodes.done
  } catch (thrown) {
    if (format === 'text' || !(thrown instanceof FindingsError)) throw thrown
    context.out(await findingsAs(format, context, thrown.findings))
    return thrown.exitCode
  }
}

function sayWritten(context: CliContext, written: readonly Written[], say: CliContext['out']): void {
  for (const { path, change } of written)
    if (change !== 'same') say(`${change} ${shownOut(context)}/${path}\n`)
  const same = written.filter(file => file.change === 'same').length
  context.err(
    `${written.length} files in ${shownOut(context)}: ${written.length - same} written, ${same} as they were\n`
  )
}

export interface Emitted {
  readonly written: readonly Written[]
  readonly warnings: readonly Finding[]
}

/**
 * Emits one environment or all, checked as the settings of the team and the flags say; what the output folder held of
 * them before and is no more is removed.
 */
export async function emitTo(
  context: CliContext,
  name: string | undefined,
  { canonical, ...flags }: CheckFlags & Writing = noCheckFlags
): Promise<Emitted> {
  const { options, findings } = await checkSettings(context, flags)
  const environments =
    name === undefined ? await loadEnvironments(context) : [await loadEnvironment(context, name)]
  const { files, warnings } = await emitPipelines(context.root, environments, { ...options, canonical })
  const tasks = await emitTasks(context.root)
  const owned = [name === undefined ? 'pipelines' : `pipelines/${name}`, 'tasks', ...publishedFolders]
  const written = await writeEmission(outFolder(context), new Map([...files, ...tasks]), owned)
  return { written, warnings: [...findings, ...warnings] }
}

function shownOut(context: CliContext): string {
  const inside = relative(context.root, outFolder(context))
  return inside.startsWith('..') ? outFolder(context) : inside
}
