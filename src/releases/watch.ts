import type { VersionSet } from '../environment/version-set.ts'
import type { Watchers } from '../environment/watchers.ts'
import { UpstreamError } from '../tools/upstream-error.ts'
import { alarmsOf, type Alarm } from './alarms.ts'
import { isAnswer, type Answer, type NotTold, type Told } from './answer.ts'
import { ask } from './ask.ts'
import { atOnce } from './at-once.ts'
import { changesOf, digestOf, type ChangeSet, type Chosen, type Ignored, type Unknown } from './change-set.ts'
import { judge, type Judged } from './judge.ts'
import { pinsOf, type Pin } from './pins.ts'
import { notTold, prove } from './prove.ts'
import { nextSeen } from './next-seen.ts'
import type { Seen } from './seen.ts'
import type { Sources } from './sources.ts'
import { keptBackBy } from './together.ts'
import { isFinal } from './version.ts'

export interface WatchOptions {
  readonly sets: readonly VersionSet[]
  readonly watchers: Watchers
  readonly seen: Seen
  readonly sources: Sources
}

export interface Watched {
  readonly found: ChangeSet
  /** What the next run has to be given. */
  readonly seen: Seen
}

/** Connections and processes of git that are open at one time. */
const most = 12

/**
 * Asks every upstream of the version sets once, and says what changed. One that gives no answer does not keep the others
 * from theirs.
 */
export async function watch({ sets, watchers, seen, sources }: WatchOptions): Promise<Watched> {
  const moving = sets.filter(({ name }) => watchers.frozen[name] === undefined)
  const all = moving.flatMap(set => pinsOf(set, watchers))
  const pins = all.filter(isWatched)
  const names = upstreamsOf(pins, watchers)
  const told = new Map(
    await atOnce(most, names, async name => [name, await tell(name, watchers, seen, sources)] as const)
  )

  const judged = pins.flatMap(pin => {
    const judgement = judge(pin, watchers, told, seen)
    return judgement === undefined ? [] : [{ pin, judgement }]
  })
  const settled = await atOnce(most, judged, async ({ pin, judgement }): Promise<Settled> =>
    'reason' in judgement ? { pin, notTold: judgement } : settle(pin, judgement, seen, sources)
  )
  const versions = new Map(pins.map(pin => [`${pin.set} ${pin.upstream}`, pin.version]))
  const proved = settled.flatMap(one => one.chosen ?? [])
  const kept = proved.flatMap(one => {
    const partner = keptBackBy(one, proved, versions)
    return partner === undefined ? [] : [{ one, partner }]
  })
  const chosen = proved.filter(one => !kept.some(other => other.one === one))
  const changes = changesOf(chosen)
  const answers = [...told].flatMap(([name, one]) => (isAnswer(one) ? [[name, one] as const] : []))
  const unpinned = answers.filter(([name]) => !pins.some(pin => pin.upstream === name))
  return {
    found: {
      changes,
      ignored: [
        ...settled.flatMap(({ pin, ignored = [] }) =>
          ignored.map(one => ({ set: pin.set, upstream: pin.upstream, ...one }))
        ),
        ...kept.map(({ one: { pin, candidate }, partner }) => ({
          set: pin.set,
          upstream: pin.upstream,
          version: candidate.version.text,
          why: `waits for ${partner}, which does not move with it`
        })),
        ...unpinned.flatMap(([name, answer]) => news(name, answer, watchers, seen))
      ],
      unknown: unknownOf(settled, told),
      alarms: distinct([
        ...answers.flatMap(([name, answer]) => alarmsOf(name, answer, seen.upstreams[name])),
        ...settled.flatMap(({ alarms = [] }) => alarms)
      ]),
      unchanged: settled.flatMap(one =>
        one.chosen === undefined && one.notTold === undefined ? [one.pin] : []
      ),
      unwatched: all.filter(pin => !isWatched(pin)),
      notes: [
        ...sets.flatMap(({ name }) =>
          moving.some(set => set.name === name) ? [] : [`${name} is frozen: ${watchers.frozen[name] ?? ''}`]
        ),
        ...answers.flatMap(([name, { notes }]) => notes.map(note => `${name}: ${note}`))
      ],
      digest: digestOf(changes)
    },
    seen: nextSeen(seen, answers, chosen, sources.clock.now())
  }
}

/** Those that the sets pin, their partners, and those that another one brings. */
function upstreamsOf(pins: readonly WatchedPin[], { upstreams }: Watchers): string[] {
  const pinned = new Set(
    pins.flatMap(pin => [pin.upstream, ...(upstreams[pin.upstream]?.same_version_as ?? [])])
  )
  return Object.entries(upstreams).flatMap(([name, { signal, pins: paths }]) =>
    signal !== 'none' && (paths.length === 0 || pinned.has(name)) ? [name] : []
  )
}

type WatchedPin = Pin & { readonly upstream: string }

function isWatched(pin: Pin): pin is WatchedPin {
  return pin.upstream !== undefined
}

async function tell(name: string, { upstreams }: Watchers, seen: Seen, sources: Sources): Promise<Told> {
  const upstream = upstreams[name]
  if (upstream === undefined) throw new Error(`${name} is no upstream`)
  try {
    const answer = await ask(upstream, seen.upstreams[name], sources)
    if (answer.candidates.length > 0) return answer
    const { text } = answer.left[0] ?? {}
    if (text === undefined) {
      const message = `${name}: found no version at all, expected some`
      return { notTold: { reason: 'absent', message, hint: 'look whether its versions moved elsewhere' } }
    }
    const message = `${name}: found ${JSON.stringify(text)} and the like, expected versions that ${upstream.scheme} reads`
    return { notTold: { reason: 'unreadable-version', message, hint: 'correct the scheme of its watcher' } }
  } catch (thrown) {
    if (thrown instanceof UpstreamError) return { notTold: notTold(thrown) }
    throw thrown
  }
}

interface Settled {
  readonly pin: WatchedPin
  readonly chosen?: Chosen
  readonly notTold?: NotTold
  readonly ignored?: readonly { readonly version: string; readonly why: string }[]
  readonly alarms?: readonly Alarm[]
}

/** The latest version that can be proved. Where nobody can tell of one, an earlier one is not taken in its place. */
async function settle(pin: WatchedPin, judged: Judged, seen: Seen, sources: Sources): Promise<Settled> {
  const ignored = judged.choice.ignored.map(({ text, why }) => ({ version: text, why }))
  const alarms = [...judged.alarms]
  for (const candidate of judged.choice.candidates) {
    const proof = await prove(judged.upstream, candidate, seen.proved, sources)
    if (proof.kind === 'proved')
      return { pin, ignored, alarms, chosen: { pin, judged, candidate, evidence: proof.evidence } }
    if (proof.kind === 'unknown') return { pin, ignored, alarms, notTold: proof.notTold }
    ignored.push({ version: candidate.version.text, why: proof.why })
    if (proof.isAlarm) alarms.push({ code: 'digest-differs', upstream: pin.upstream, message: proof.why })
  }
  return { pin, ignored, alarms }
}

/** New versions of what no set pins: they come with whoever brings them. */
function news(name: string, answer: Answer, { upstreams }: Watchers, seen: Seen): Ignored[] {
  const before = seen.upstreams[name]
  if (before === undefined) return []
  const by = upstreams[name]?.brought_by ?? 'nobody'
  return answer.candidates
    .filter(
      ({ version }) =>
        isFinal(version) && !(version.text in before.tags) && !before.versions.includes(version.text)
    )
    .map(({ version }) => ({ upstream: name, version: version.text, why: `new, and ${by} brings it` }))
}

function unknownOf(settled: readonly Settled[], told: ReadonlyMap<string, Told>): Unknown[] {
  const names = new Set([
    ...[...told].flatMap(([name, one]) => (isAnswer(one) ? [] : [name])),
    ...settled.flatMap(({ pin, notTold: none }) => (none === undefined ? [] : [pin.upstream]))
  ])
  return [...names].flatMap(upstream => {
    const own = told.get(upstream)
    const pinned = settled.filter(({ pin, notTold: none }) => pin.upstream === upstream && none !== undefined)
    const why = own !== undefined && !isAnswer(own) ? own.notTold : pinned[0]?.notTold
    return why === undefined ? [] : [{ upstream, sets: pinned.map(({ pin }) => pin.set), ...why }]
  })
}

function distinct(alarms: readonly Alarm[]): Alarm[] {
  return [...new Map(alarms.map(alarm => [`${alarm.upstream} ${alarm.message}`, alarm])).values()]
}
