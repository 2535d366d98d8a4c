import type { ChangeSet } from './change-set.ts'

/** What was found, for people: what moves, what is alarming, what nobody can tell, and what is left where it is. */
export function formatChangeSet({
  changes,
  ignored,
  unknown,
  alarms,
  unchanged,
  unwatched,
  notes
}: ChangeSet): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['alarms', alarms.map(({ upstream, message }) => `${upstream}: ${message}`)],
    [
      'changed',
      changes.flatMap(({ set, risk, pins }) =>
        pins.flatMap(({ upstream, path, from, to, compare, evidence }) => [
          `${set}: ${upstream} ${from} → ${to} (${risk}, ${path})`,
          ...[compare, ...evidence.seen].flatMap(page => (page === undefined ? [] : [`  ${page}`])),
          ...(evidence.artefact === undefined ? [] : [`  sha256 ${evidence.artefact.sha256}`])
        ])
      )
    ],
    [
      'could not tell',
      unknown.flatMap(({ upstream, reason, message, hint }) => [
        `${upstream}: ${reason}: ${message}`,
        ...(hint === undefined ? [] : [`  hint: ${hint}`])
      ])
    ],
    [
      'ignored',
      inShort(
        ignored.map(({ set, upstream, version, why }) => [
          `${set === undefined ? '' : `${set}: `}${upstream}`,
          version,
          why
        ])
      )
    ],
    ['nothing watches', unwatched.map(({ set, path }) => `${set}: ${path}`)],
    ['notes', notes]
  ]
  const shown = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map(line => `  ${line}\n`).join('')}`)
  return [
    ...shown,
    `${unchanged.length} ${unchanged.length === 1 ? 'pin is' : 'pins are'} at the newest version that may be taken\n`
  ].join('\n')
}

/** One line for all versions that have one reason: an old line may be behind by hundreds. */
function inShort(rows: readonly (readonly [string, string, string])[]): string[] {
  const groups = new Map<string, string[]>()
  for (const [who, version, why] of rows) {
    const key = `${who}\0${why}`
    groups.set(key, [...(groups.get(key) ?? []), version])
  }
  return [...groups].map(([key, versions]) => {
    const [who = '', why = ''] = key.split('\0')
    const [latest = '', ...others] = versions
    return `${who} ${latest}${others.length === 0 ? '' : ` and ${others.length} more`}: ${why}`
  })
}
