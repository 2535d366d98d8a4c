import type { TaskStep } from '../concourse/model.ts'
import { textsIn } from '../concourse/json.ts'
import { namesIn } from '../concourse/references.ts'
import type { Rule } from './rule.ts'
import { knownConfig, shellScriptOf, type KnownConfig, type ShellScript } from './scripts.ts'

/** A shell that traces prints each command with what its variables hold. */
export const xtrace: Rule = {
  code: 'xtrace',
  summary: 'A script prints a secret, since its shell traces.',
  level: 'warning',
  step: {
    task({ step, path }, report, { configOf }) {
      const known = knownConfig(step, path, configOf)
      if (known === undefined) return
      const secrets = secretParamsOf(step, known)
      const script = secrets.length === 0 ? undefined : shellScriptOf(known.config)
      if (script === undefined) return
      const shown = shownParam(tracedLines(script), secrets)
      if (shown === undefined) return
      report(
        known.pathOf(`run.args[${script.index}]`),
        `found a shell that prints what it does, and so the value of ${shown}, which comes from a var`,
        { hint: 'drop -x, or write set +x before it' }
      )
    }
  }
}

/** The params whose values come from vars, where the name of either says that it is a secret. */
function secretParamsOf({ params: given = {} }: TaskStep, { config }: KnownConfig): readonly string[] {
  const params = { ...config.params, ...given }
  return Object.keys(params).filter(name => {
    const names = textsIn(params[name] ?? null).flatMap(namesIn)
    return names.length > 0 && [name, ...names].some(isSecret)
  })
}

/** Wider than for what stands in plain text: what comes from a credential manager is more often a secret. */
function isSecret(name: string): boolean {
  return /passw|passphrase|secret|token|cred|private|(?:^|[-_.])(?:key|pw|pass)$|apikey/i.test(name)
}

function shownParam(lines: readonly string[], params: readonly string[]): string | undefined {
  return params.find(name => {
    const use = new RegExp(String.raw`\$(?:${name}\b|\{${name}\b)`)
    return lines.some(line => use.test(line))
  })
}

/** The lines of a script that the shell prints before it runs them. What it does not expand, it does not show. */
function tracedLines({ text, options }: ShellScript): readonly string[] {
  const traced: string[] = []
  let isOn = options.some(option => /^-[a-zA-Z]*x/.test(option) || option === 'xtrace')
  for (const line of withoutQuiet(text).split('\n')) {
    if (isOn) traced.push(line)
    const [, sign] = /^\s*set\s+(?:[-+]\w+\s+)*?([-+])(?:[a-wyz]*x[a-z]*\b|o\s+xtrace)/i.exec(line) ?? []
    if (sign !== undefined) isOn = sign === '-'
  }
  return traced
}

/** Without here-documents, which a trace does not show, texts in single quotes, and comments. */
function withoutQuiet(text: string): string {
  return text
    .replace(/<<-?\s*(["']?)(\w+)\1([^\n]*)\n[^]*?\n\s*\2[ \t]*$/gm, '$3')
    .replace(/^\s*#.*$/gm, '')
    .replace(/'[^'\n]*'/g, "''")
}
