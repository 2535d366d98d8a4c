import type { Table, Tables } from './model.ts'

const none: Table = { chains: {}, jumps: [] }

/**
 * What `iptables-restore --noflush` reads to turn some tables into others; empty where they are equal. A chain that changed is
 * filled anew, in one step with all others of its table; what others have put into the kernel's own chains stays.
 */
export function restoreInput(current: Tables, desired: Tables): string {
  return (['mangle', 'nat', 'filter'] as const)
    .map(name => {
      const lines = tableLines(current[name] ?? none, desired[name] ?? none)
      return lines.length === 0 ? '' : [`*${name}`, ...lines, 'COMMIT', ''].join('\n')
    })
    .join('')
}

function tableLines(current: Table, desired: Table): string[] {
  const changed = Object.entries(desired.chains).filter(
    ([name, rules]) => current.chains[name]?.join('\n') !== rules.join('\n')
  )
  const gone = Object.keys(current.chains).filter(name => desired.chains[name] === undefined)
  return [
    ...[...changed.map(([name]) => name), ...gone].map(name => `:${name} - [0:0]`),
    ...current.jumps.filter(rule => !desired.jumps.includes(rule)).map(deletionOf),
    ...changed.flatMap(([name, rules]) => rules.map(rule => `-A ${name} ${rule}`)),
    ...desired.jumps.filter(rule => !current.jumps.includes(rule)),
    ...gone.map(name => `-X ${name}`)
  ]
}

/** `-A CHAIN rule` or `-I CHAIN 1 rule` → `-D CHAIN rule`. */
function deletionOf(rule: string): string {
  return rule.replace(/^-[AI] (\S+)(?: \d+)?/, '-D $1')
}
