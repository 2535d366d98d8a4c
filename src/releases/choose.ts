import type { Answer, Candidate, Left } from './answer.ts'
import type { Constraint } from './constraint.ts'
import { compareVersions, isSame, orderOf } from './order.ts'
import { identityOf, isFinal, type Version } from './version.ts'

export interface Choice {
  /** What is later than the pin and may be taken, the latest first. */
  readonly candidates: readonly Candidate[]
  /** What is later than the pin, and why it is not taken. */
  readonly ignored: readonly Left[]
}

export interface ChoiceOptions {
  readonly pinned: Version
  readonly within: Constraint | undefined
  /** What upstreams that go together with this one have, by name. */
  readonly partners: ReadonlyMap<string, Answer>
  /** Tags that mean another commit than before. */
  readonly moved: ReadonlySet<string>
}

/** What may take the place of a pin. */
export function choose(answer: Answer, options: ChoiceOptions): Choice {
  const { pinned } = options
  const commitOfPin = answer.candidates.find(({ version }) => isSame(version, pinned))?.commit
  const later = oneSpelling(answer.candidates, pinned)
    .filter(({ version }) =>
      pinned.scheme === 'commit' ? !isSame(version, pinned) : orderOf(version, pinned) > 0
    )
    .toSorted((a, b) => compareVersions(b.version, a.version))
  const judged = later.map(candidate => ({ candidate, why: objectionTo(candidate, commitOfPin, options) }))
  return {
    candidates: judged.flatMap(({ candidate, why }) => (why === undefined ? [candidate] : [])),
    ignored: judged.flatMap(({ candidate, why }) =>
      why === undefined ? [] : [{ text: candidate.version.text, why }]
    )
  }
}

function objectionTo(
  { version, tag, commit }: Candidate,
  commitOfPin: string | undefined,
  { within, partners, moved, pinned }: ChoiceOptions
): string | undefined {
  if (!isFinal(version)) return 'not final'
  const broken = within?.brokenBy(version)
  if (broken !== undefined) return `outside of ${broken}`
  if (tag !== undefined && moved.has(tag)) return 'its tag was moved'
  if (commit !== undefined && commit === commitOfPin)
    return `the very commit of ${pinned.text}, which is pinned`
  for (const [name, { candidates }] of partners) {
    if (!candidates.some(other => isSame(other.version, version)))
      return `waits for ${name}, which has no ${identityOf(version)} yet`
  }
  return undefined
}

/** Of `v3.9.0` and `3.9.0` the one that is spelled as the pin is. */
function oneSpelling(candidates: readonly Candidate[], pinned: Version): Candidate[] {
  const hasV = pinned.text.startsWith('v')
  const byIdentity = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const identity = identityOf(candidate.version)
    if (!byIdentity.has(identity) || candidate.version.text.startsWith('v') === hasV)
      byIdentity.set(identity, candidate)
  }
  return [...byIdentity.values()]
}
