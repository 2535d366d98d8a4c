import type { Rule } from './rule.ts'
import { knownConfig, shellScriptOf, type ShellScript } from './scripts.ts'

/** Of such a script, only the last command decides whether the task succeeds. */
export const scriptWithoutErrexit: Rule = {
  code: 'script-without-errexit',
  summary: 'A script of several commands goes on when one of them fails.',
  level: 'warning',
  step: {
    task({ step, path }, report, { configOf }) {
      const known = knownConfig(step, path, configOf)
      const script = known === undefined ? undefined : shellScriptOf(known.config)
      if (known === undefined || script === undefined || stopsAtErrors(script)) return
      const command = ignoredCommand(script.text)
      if (command === undefined) return
      report(
        known.pathOf(`run.args[${script.index}]`),
        `found a script that goes on when ${JSON.stringify(command)} fails`,
        { hint: 'begin it with set -e, or call the shell with -e' }
      )
    }
  }
}

function stopsAtErrors({ options, text }: ShellScript): boolean {
  return (
    options.some(option => /^-[a-zA-Z]*e/.test(option) || option === 'errexit') ||
    /(?:^|[;&|({]|\bthen|\bdo)\s*set\s+(?:[-+]\S+\s+(?:\w+\s+)*)*?(?:-[a-zA-Z]*e|-o\s+errexit|-[a-zA-Z]*o\s+errexit)/m.test(
      text
    ) ||
    /^\s*trap\s.*\bERR\b/m.test(text)
  )
}

/** The first command before the last whose failure nobody looks at. Undefined also where it can hardly fail. */
function ignoredCommand(text: string): string | undefined {
  const commands = (asTheShellSees(text).match(command) ?? [])
    .map(one => one.trim())
    .filter(one => one !== '')
  const ignored = commands.slice(0, -1).find(one => !harmless.test(one) && !one.includes('||'))
  return ignored === undefined || ignored.length <= 50 ? ignored : `${ignored.slice(0, 49)}…`
}

/** Without comments and here-documents, and with lines joined that go on. */
function asTheShellSees(text: string): string {
  return text
    .replace(/<<-?\s*(["']?)(\w+)\1([^\n]*)\n[^]*?\n\s*\2[ \t]*$/gm, '$3')
    .replace(/^\s*#.*$/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .replace(/(&&|\|\||\|)[ \t]*\n\s*/g, '$1 ')
    .replace(/\n\s*(&&|\|\||\|)/g, ' $1')
}

/** What stands between semicolons and ends of lines; quotes hide both. */
const command = /(?:'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|[^;\n'"\\])+/g

/** Words of control flow, output and assignments, which hardly fail; what stands between is looked at by itself. */
const harmless = new RegExp(
  [
    String.raw`(?:echo|printf|true|false|:|exit|return|local|read|readonly|shopt|ulimit|sleep|date|pwd|ls|env)\b.*`,
    String.raw`(?:set|trap|umask|alias|unset|source|\.|exec|find|du|cat\s*>|export\s+\w+$)(?:\s.*)?`,
    String.raw`(?:if|elif|else|fi|for|while|until|case|esac|do|done|then|function)\b.*`,
    String.raw`[{}()].*|[\w-]+\s*\(\).*|[^\s()]*\)`,
    String.raw`(?:export\s+)?\w+\+?=(?!.*(?:\$\((?!\()|\x60)).*`
  ]
    .map(pattern => `^(?:${pattern})$`)
    .join('|'),
  's'
)
