import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createLog } from '../core/log.ts'
import { createPrograms, type Programs } from '../tools/exec.ts'
import { createTools, type Tools, type ToolsOptions } from '../tools/tools.ts'
import type { CliContext } from './context.ts'

/** Tools for what a command does by itself, quietly: what programs print is shown only where they fail. */
export function openTools(context: CliContext, env: Readonly<Record<string, string>>): Tools {
  return createTools(optionsOf(context, env))
}

/** Programs alone, as quiet. */
export function openPrograms(context: CliContext): Programs {
  return createPrograms(optionsOf(context, {}))
}

function optionsOf(context: CliContext, env: Readonly<Record<string, string>>): ToolsOptions {
  // What programs leave there, such as the jumpbox's key, goes with the command.
  const temporary = join(context.scratch, 'tmp')
  mkdirSync(temporary, { recursive: true, mode: 0o700 })
  const given = Object.entries(context.env).filter(([, value]) => value !== undefined)
  return {
    env: { ...(Object.fromEntries(given) as Record<string, string>), ...env, TMPDIR: temporary },
    log: createLog(() => undefined),
    redactor: context.redactor,
    signal: context.signal,
    scratch: context.scratch
  }
}
