import { FindingsError, type Finding } from '../core/finding.ts'
import { allRules } from '../rules/all-rules.ts'
import { readingRules } from '../rules/reading-rules.ts'
import type { Rule } from '../rules/rule.ts'
import type { CliContext } from './context.ts'
import { shownPath } from './shown-path.ts'
import { faultOfRule, guardedRule, isRule } from './team-rule.ts'

/**
 * Loads rules of a team's own: each file's default export is a rule or a list of them. What is wrong with the files is
 * added to `findings`, and later what a rule threw while it looked, once for each rule.
 */
export async function loadRules(
  context: CliContext,
  files: readonly string[],
  findings: Finding[]
): Promise<Rule[]> {
  if (files.length === 0) return []
  const { thrownFindings } = await import('./call-sites.ts')
  const codes = new Set([...allRules, ...readingRules].map(({ code }) => code))
  const rules: Rule[] = []
  const settings = { code: 'settings', severity: 'error' } as const
  for (const file of files) {
    for (const value of await exportedBy(context, file, findings)) {
      const fault = faultOfRule(value, codes)
      if (fault !== undefined) findings.push({ ...settings, path: '', file: shownPath(file), ...fault })
      if (fault !== undefined || !isRule(value)) continue
      codes.add(value.code)
      const onThrow = (thrown: unknown): void => {
        const told = thrownFindings(context.root, thrown, shownPath(file))
        findings.push(...told.map(finding => ({ ...finding, ...settings, path: `rule ${value.code}` })))
      }
      rules.push(guardedRule(value, onThrow))
    }
  }
  return rules
}

async function exportedBy(
  context: CliContext,
  file: string,
  findings: Finding[]
): Promise<readonly unknown[]> {
  const { loadAuthorModule } = await import('./author-module.ts')
  try {
    const { default: exported } = await loadAuthorModule(context, file)
    const values: readonly unknown[] = Array.isArray(exported) ? exported : [exported]
    return values
  } catch (thrown) {
    if (!(thrown instanceof FindingsError)) throw thrown
    findings.push(...thrown.findings)
    return []
  }
}
