import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../core/log.ts'
import { Redactor } from '../core/redact.ts'
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
  const given = Object.entries(context.env).filter(([, value]) => value !== undefined)
  return {
    env: { ...(Object.fromEntries(given) as Record<string, string>), ...env },
    log: createLog(() => undefined),
    redactor: new Redactor(),
    signal: context.signal,
    scratch: join(tmpdir(), `causeway-${process.pid}`)
  }
}
