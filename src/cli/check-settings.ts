import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseRelease } from '../concourse/release.ts'
import { UserError } from '../core/errors.ts'
import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import { allRules } from '../rules/all-rules.ts'
import type { CheckTextOptions } from '../rules/check-text.ts'
import { readingRules } from '../rules/reading-rules.ts'
import type { Level, Rule } from '../rules/rule.ts'
import { readCheckConfig, type ReadCheckConfig } from './check-config.ts'
import { readVars, type VarFlags } from './check-vars.ts'
import type { CliContext } from './context.ts'
import { flagPairs } from './flag-pairs.ts'
import { shownPath } from './shown-path.ts'
import { TaskFiles } from './task-files.ts'
import { loadRules } from './team-rules.ts'

/** Which rules there are, and how their findings count. */
export interface RuleFlags {
  readonly config?: string
  readonly level: readonly string[]
  readonly rules: readonly string[]
}

/** What a person says on the command line about how to check. */
export interface CheckFlags extends RuleFlags, VarFlags {
  readonly target?: string
  readonly artifact: readonly string[]
}

/** As if no flag were given: what the settings of the team say. */
export const noCheckFlags: CheckFlags = {
  level: [],
  rules: [],
  artifact: [],
  var: [],
  yamlVar: [],
  loadVarsFrom: []
}

export interface RuleSettings {
  /** Our own, and those of the team. */
  readonly rules: readonly Rule[]
  readonly levels: Readonly<Record<string, Level>>
  /** What is odd in the settings; once all is checked, also what broke while a rule of the team looked. */
  readonly findings: Finding[]
}

export interface CheckSettings {
  readonly options: CheckTextOptions & Pick<RuleSettings, 'rules' | 'levels'>
  readonly taskFiles: TaskFiles
  readonly findings: readonly Finding[]
}

/**
 * How to check, from the settings of the team and the flags, which win. Wrong use by a flag is a UserError; all that is
 * wrong in files of settings is one FindingsError.
 */
export async function checkSettings(context: CliContext, flags: CheckFlags): Promise<CheckSettings> {
  const read = await readCheckConfig(context, flags.config)
  const { rules, levels, findings } = await settledRules(context, flags, read)
  const flagged = flags.target === undefined ? undefined : parseRelease(flags.target)
  const target = flagged ?? targetOf(read, findings)
  const folders = await artifactFolders(flags.artifact, read, findings)
  const variables = await gathering(findings, () => readVars(context, flags))
  if (hasErrors(findings)) throw new FindingsError(findings)
  const options = { rules, levels, ...given('target', target), ...given('variables', variables) }
  const taskFiles = new TaskFiles(folders, { rules, levels, ...given('target', target) })
  return { options: { ...options, taskFile: taskFiles.find }, taskFiles, findings }
}

/** The rules alone, as `checkSettings` has them. */
export async function ruleSettings(context: CliContext, flags: RuleFlags): Promise<RuleSettings> {
  const settings = await settledRules(context, flags, await readCheckConfig(context, flags.config))
  if (hasErrors(settings.findings)) throw new FindingsError(settings.findings)
  return settings
}

async function settledRules(
  context: CliContext,
  flags: RuleFlags,
  { config, findings: read, problem }: ReadCheckConfig
): Promise<RuleSettings> {
  const flagged = flagPairs('--level', flags.level).map(levelOf)
  const findings = [...read]
  const files = await ruleFiles(flags.rules, { config, problem }, findings)
  const teamRules = await loadRules(context, files, findings)
  const rules = [...allRules, ...teamRules]
  const known = new Set([...rules, ...readingRules].map(({ code }) => code))
  // Where rules could not be loaded, a code that nobody has may be one of theirs.
  if (!hasErrors(findings)) {
    for (const code of Object.keys(config.levels ?? {}).filter(name => !known.has(name))) {
      findings.push(
        problem(`levels.${code}`, `found ${code}, expected the code of a rule`, meant(code, known))
      )
    }
    refuseUnknown(flagged, known)
  }
  return { rules, levels: { ...config.levels, ...Object.fromEntries(flagged) }, findings }
}

async function ruleFiles(
  flags: readonly string[],
  { config, problem }: Pick<ReadCheckConfig, 'config' | 'problem'>,
  findings: Finding[]
): Promise<readonly string[]> {
  for (const file of flags) {
    if (await isFile(file)) continue
    throw new UserError('usage', `--rules: found no file ${file}, expected one with rules`, {
      hint: 'name a file that is there, e.g. --rules ci/rules.ts'
    })
  }
  const configured: string[] = []
  for (const [index, file] of (config.rules ?? []).entries()) {
    if (await isFile(file)) configured.push(file)
    else
      findings.push(problem(`rules[${index}]`, `found no file ${shownPath(file)}, expected one with rules`))
  }
  return [...new Set([...configured, ...flags.map(file => resolve(file))])]
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false
  )
}

const levelWords: readonly string[] = ['error', 'warning', 'off'] satisfies Level[]

function levelOf([code, level]: readonly [string, string]): readonly [string, Level] {
  if (levelWords.includes(level)) return [code, level as Level]
  const message = `--level ${code}: found ${JSON.stringify(level)}, expected ${levelWords.join(', ')}`
  throw new UserError('usage', message)
}

function refuseUnknown(levels: readonly (readonly [string, Level])[], known: ReadonlySet<string>): void {
  for (const [code] of levels) {
    if (known.has(code)) continue
    const message = `--level: found ${JSON.stringify(code)}, expected the code of a rule`
    throw new UserError('usage', message, { hint: meant(code, known) })
  }
}

function meant(code: string, known: ReadonlySet<string>): string {
  const name = nearestName(code, known)
  return name === undefined ? 'run causeway rules, which lists them' : `write ${name}`
}

function targetOf({ config: { target }, problem }: ReadCheckConfig, findings: Finding[]) {
  if (target === undefined) return undefined
  try {
    return parseRelease(target)
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    findings.push(problem('target', thrown.message.replace(/^target: /, ''), thrown.hint))
    return undefined
  }
}

async function artifactFolders(
  flags: readonly string[],
  { config, problem }: ReadCheckConfig,
  findings: Finding[]
): Promise<ReadonlyMap<string, string>> {
  const flagged = new Map(flagPairs('--artifact', flags))
  for (const [name, folder] of flagged) {
    if (await isFolder(folder)) continue
    const message = `--artifact ${name}: found no folder ${folder}, expected the one in which the artifact lies`
    throw new UserError('usage', message, { hint: 'name a folder that is there, e.g. --artifact ci=../ci' })
  }
  const configured = Object.entries(config.artifacts ?? {}).filter(([name]) => !flagged.has(name))
  for (const [name, folder] of configured) {
    if (await isFolder(folder)) continue
    findings.push(
      problem(`artifacts.${name}`, `found no folder ${shownPath(folder)}, expected one that is there`)
    )
  }
  return new Map([...configured, ...flagged])
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false
  )
}

/** What a reader gives; where it throws findings, these are kept for the rest to be told with them. */
async function gathering<T>(
  findings: Finding[],
  readIt: () => Promise<T | undefined>
): Promise<T | undefined> {
  try {
    return await readIt()
  } catch (thrown) {
    if (!(thrown instanceof FindingsError)) throw thrown
    findings.push(...thrown.findings)
    return undefined
  }
}
