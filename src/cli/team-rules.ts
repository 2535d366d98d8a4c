import { UserError } from '../core/errors.ts'
import type { Rule } from '../rules/rule.ts'
import type { CliContext } from './context.ts'

/** Loads rules of a team's own: each file's default export is a rule or a list of them. */
export async function loadRules(context: CliContext, files: readonly string[]): Promise<Rule[]> {
  if (files.length === 0) return []
  const { loadAuthorModule } = await import('./author-module.ts')
  const loaded = await Promise.all(
    files.map(async file => {
      const { exports } = await loadAuthorModule(context, file)
      const found = exports['default']
      return (Array.isArray(found) ? found : [found]).map((rule: unknown) => checked(rule, file))
    })
  )
  return loaded.flat()
}

function checked(rule: unknown, file: string): Rule {
  if (isRule(rule)) return rule
  const message = `${file}: found a default export that is no rule, expected one or a list of them`
  throw new UserError('usage', message, {
    hint: 'export default {code, summary, level, step: {task(placed, report) {…}}}, as docs/check.md shows'
  })
}

function isRule(value: unknown): value is Rule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'level' in value &&
    'summary' in value &&
    ['pipeline', 'job', 'step'].some(check => check in value)
  )
}
