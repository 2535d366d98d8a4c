import { parseReference } from '../concourse/references.ts'
import { fieldOf, type Resolve } from '../concourse/interpolate.ts'
import { parseRelease } from '../concourse/release.ts'
import { UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import { allRules } from '../rules/all-rules.ts'
import type { CheckTextOptions } from '../rules/check-text.ts'
import { readingRules } from '../rules/reading-rules.ts'
import type { Level, Rule } from '../rules/rule.ts'
import { readCheckConfig } from './check-config.ts'
import type { CliContext } from './context.ts'
import { TaskFiles } from './task-files.ts'
import { loadRules } from './team-rules.ts'
import { readValues } from './variables.ts'

/** What a person says on the command line about how to check. */
export interface CheckFlags {
  readonly target?: string
  readonly config?: string
  readonly artifact: readonly string[]
  readonly level: readonly string[]
  readonly rules: readonly string[]
  readonly var: readonly string[]
  readonly loadVarsFrom: readonly string[]
}

export interface CheckSettings {
  readonly options: CheckTextOptions & { readonly rules: readonly Rule[] }
  readonly taskFiles: TaskFiles
}

/** How to check, from the settings of the team and the flags, which win. */
export async function checkSettings(context: CliContext, flags: CheckFlags): Promise<CheckSettings> {
  const config = await readCheckConfig(context, flags.config)
  const teamRules = await loadRules(context, [...(config.rules ?? []), ...flags.rules])
  const rules = [...allRules, ...teamRules]
  const target = flags.target ?? config.target
  const taskFiles = new TaskFiles(
    new Map([...Object.entries(config.artifacts ?? {}), ...pairs('--artifact', flags.artifact)])
  )
  const levels = { ...config.levels, ...Object.fromEntries(pairs('--level', flags.level).map(levelOf)) }
  refuseUnknown(Object.keys(levels), rules)
  const variables = await resolveFrom(flags)
  return {
    taskFiles,
    options: {
      rules,
      levels,
      taskFile: taskFiles.find,
      ...given('target', target === undefined ? undefined : parseRelease(target)),
      ...given('variables', variables)
    }
  }
}

/** `name=value` → the two. */
function pairs(flag: string, texts: readonly string[]): (readonly [string, string])[] {
  return texts.map(text => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
    throw new UserError('usage', `${flag}: found ${JSON.stringify(text)}, expected NAME=VALUE`)
  })
}

const levelWords: readonly string[] = ['error', 'warning', 'off'] satisfies Level[]

function levelOf([code, level]: readonly [string, string]): readonly [string, Level] {
  if (levelWords.includes(level)) return [code, level as Level]
  throw new UserError('usage', `--level ${code}: found ${level}, expected ${levelWords.join(', ')}`)
}

function refuseUnknown(codes: readonly string[], rules: readonly Rule[]): void {
  const known = [...rules, ...readingRules].map(({ code }) => code)
  for (const code of codes) {
    if (known.includes(code)) continue
    const meant = nearestName(code, known)
    throw new UserError('usage', `levels: found ${JSON.stringify(code)}, expected the code of a rule`, {
      hint: meant === undefined ? 'causeway rules lists them' : `write ${meant}`
    })
  }
}

async function resolveFrom({ var: flags, loadVarsFrom }: CheckFlags): Promise<Resolve | undefined> {
  if (flags.length === 0 && loadVarsFrom.length === 0) return undefined
  const values = await readValues(flags, loadVarsFrom)
  const dotted = new Map([...values].map(([name, value]) => [parseReference(name).path, value]))
  return ({ source, path, fields }) =>
    source === undefined ? fieldOf(values.get(path) ?? dotted.get(path), fields) : undefined
}
