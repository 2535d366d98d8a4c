import { relative } from 'node:path'
import type { Format } from '../options.ts'
import { outFolder, type CliContext } from '../context.ts'
import { emitPipelines, emitTasks } from '../emission.ts'
import { loadEnvironment, loadEnvironments } from '../environments.ts'
import { writeEmission, type Written } from '../write-emission.ts'

export interface EmitOptions {
  readonly env?: string
  readonly format: Format
}

/** Emits, and says what changed. */
export async function emit(context: CliContext, options: EmitOptions): Promise<void> {
  const written = await emitTo(context, options.env)
  if (options.format === 'json') {
    context.out(`${JSON.stringify({ files: written }, null, 2)}\n`)
    return
  }
  for (const { path, change } of written)
    if (change !== 'same') context.out(`${change} ${shownOut(context)}/${path}\n`)
  const same = written.filter(file => file.change === 'same').length
  context.err(
    `${written.length} files in ${shownOut(context)}: ${written.length - same} written, ${same} as they were\n`
  )
}

/** Emits one environment or all; what the output folder held of them before and is no more is removed. */
export async function emitTo(context: CliContext, name: string | undefined): Promise<Written[]> {
  const environments =
    name === undefined ? await loadEnvironments(context) : [await loadEnvironment(context, name)]
  const pipelines = await emitPipelines(context.root, environments)
  const tasks = await emitTasks(context.root)
  const owned = name === undefined ? ['pipelines', 'tasks', 'ops'] : [`pipelines/${name}`, 'tasks', 'ops']
  return writeEmission(outFolder(context), new Map([...pipelines, ...tasks]), owned)
}

function shownOut(context: CliContext): string {
  const inside = relative(context.root, outFolder(context))
  return inside.startsWith('..') ? outFolder(context) : inside
}
