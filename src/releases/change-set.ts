import { createHash } from 'node:crypto'
import type { Alarm } from './alarms.ts'
import type { Candidate, NotTold } from './answer.ts'
import type { Judged } from './judge.ts'
import { riskOf, type Risk } from './order.ts'
import type { Pin } from './pins.ts'
import type { Evidence } from './prove.ts'
import { identityOf } from './version.ts'

/** One pin that moves. */
export interface ChangedPin {
  readonly upstream: string
  readonly path: string
  readonly from: string
  readonly to: string
  /** Page that shows what lies between. */
  readonly compare?: string
  readonly evidence: Evidence
}

/** Pins of one set that move together. */
export interface Change {
  readonly set: string
  readonly risk: Risk
  readonly pins: readonly ChangedPin[]
}

export interface Ignored {
  /** Undefined where no set pins it. */
  readonly set?: string
  readonly upstream: string
  readonly version: string
  readonly why: string
}

export interface Unknown extends NotTold {
  readonly upstream: string
  readonly sets: readonly string[]
}

/** What a run found. That nobody can tell is a thing of its own: unknown is never unchanged. */
export interface ChangeSet {
  readonly changes: readonly Change[]
  readonly ignored: readonly Ignored[]
  readonly unknown: readonly Unknown[]
  readonly alarms: readonly Alarm[]
  readonly unchanged: readonly Pin[]
  /** Pins that nothing watches. */
  readonly unwatched: readonly Pin[]
  readonly notes: readonly string[]
  /** The same for the same changes, whenever they are found. */
  readonly digest: string
}

/** A version that was chosen for a pin, and proved. */
export interface Chosen {
  readonly pin: Pin & { readonly upstream: string }
  readonly judged: Judged
  readonly candidate: Candidate
  readonly evidence: Evidence
}

/** The changes of all that was chosen: what upstream says belongs together is one change. */
export function changesOf(chosen: readonly Chosen[]): Change[] {
  const groups = new Map<string, Chosen[]>()
  for (const one of chosen) {
    const { upstream, same_version_as: others } = { ...one.judged.upstream, upstream: one.pin.upstream }
    const together = others.length === 0 ? one.pin.path : [upstream, ...others].toSorted().join(' ')
    const key = `${one.pin.set} ${together} ${identityOf(one.candidate.version)}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    const risks = group.map(({ judged, candidate }) => riskOf(judged.version, candidate.version))
    const risk = (['major', 'minor'] as const).find(one => risks.includes(one)) ?? 'patch'
    return { set: first.pin.set, risk, pins: group.map(changedPin) }
  })
}

/** SHA-256 of what would be pinned, and of what speaks for it. */
export function digestOf(changes: readonly Change[]): string {
  const content = changes.flatMap(({ set, pins }) =>
    pins.map(({ path, to, evidence }) =>
      [set, path, to, evidence.commit ?? '', evidence.artefact?.sha256 ?? ''].join(' ')
    )
  )
  return createHash('sha256').update(content.toSorted().join('\n')).digest('hex')
}

function changedPin({ pin, judged, candidate, evidence }: Chosen): ChangedPin {
  const { repository, scheme } = judged.upstream
  // A repository is checked out by its tag; programs are named by the version alone.
  const isRef = pin.path.startsWith('repositories.')
  const to = isRef || pin.version.startsWith('v') ? candidate.version.text : identityOf(candidate.version)
  const from =
    scheme === 'commit' || isRef ? pin.version : (candidate.tag?.replace(to, pin.version) ?? pin.version)
  const compare = `https://github.com/${repository ?? ''}/compare/${from}...${candidate.version.text}`
  return {
    upstream: pin.upstream,
    path: pin.path,
    from: pin.version,
    to,
    ...(repository === undefined ? {} : { compare }),
    evidence
  }
}
