import { join } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { nearestName } from '../../core/nearest.ts'
import { docOf, pageOf } from '../../rules/finish.ts'
import { readingRules, type ReadingRule } from '../../rules/reading-rules.ts'
import { createFiles } from '../../tools/files.ts'
import { ruleSettings, type RuleFlags } from '../check-settings.ts'
import type { CliContext } from '../context.ts'
import type { Format } from '../options.ts'

export interface RulesOptions extends RuleFlags {
  readonly format: Format
}

/** Lists the rules of check, ours and the team's, as they count; of one, says what its page says. */
export async function rules(
  context: CliContext,
  code: string | undefined,
  { format, ...flags }: RulesOptions
): Promise<void> {
  const { rules: looking, levels } = await ruleSettings(context, flags)
  const all = [...looking, ...readingRules].map(rule => ({ ...rule, level: levels[rule.code] ?? rule.level }))
  const listed = all.sort((a, b) => (a.code < b.code ? -1 : 1))
  if (code !== undefined) await one(context, ruleNamed(code, listed), format)
  else if (format === 'json') context.out(`${JSON.stringify({ rules: listed.map(dataOf) }, null, 2)}\n`)
  else context.out(tableOf(listed))
}

function ruleNamed(code: string, listed: readonly ReadingRule[]): ReadingRule {
  const found = listed.find(rule => rule.code === code)
  if (found !== undefined) return found
  const meant = nearestName(
    code,
    listed.map(rule => rule.code)
  )
  throw new UserError('usage', `rules: found ${JSON.stringify(code)}, expected the code of a rule`, {
    hint: meant === undefined ? 'causeway rules lists them' : `write ${meant}`
  })
}

async function one({ root, out }: CliContext, rule: ReadingRule, format: Format): Promise<void> {
  const page = await createFiles().readTextIfAny(join(root, pageOf(rule.code)))
  if (format === 'json') out(`${JSON.stringify({ ...dataOf(rule), page }, null, 2)}\n`)
  else
    out(
      page ??
        `# ${rule.code}\n\n${rule.summary} (${rule.level})\n${rule.doc === undefined ? '' : `\n${rule.doc}\n`}`
    )
}

function dataOf(rule: ReadingRule): object {
  const { code, level, summary } = rule
  return { code, level, summary, doc: docOf(code, rule) }
}

function tableOf(listed: readonly ReadingRule[]): string {
  const width = Math.max(...listed.map(({ code }) => code.length))
  return listed
    .map(
      ({ code, level, summary }) => `${code.padEnd(width)}  ${level.padEnd('warning'.length)}  ${summary}\n`
    )
    .join('')
}
