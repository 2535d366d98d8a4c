import type { Upstream, Watchers } from '../environment/watchers.ts'
import { movedTags, type Alarm } from './alarms.ts'
import { isAnswer, type Answer, type NotTold, type Told } from './answer.ts'
import { choose, type Choice } from './choose.ts'
import { readConstraint } from './constraint.ts'
import type { Pin } from './pins.ts'
import type { Seen } from './seen.ts'
import { identityOf, readVersion, type Version } from './version.ts'

export interface Judged {
  readonly version: Version
  readonly upstream: Upstream
  readonly choice: Choice
  readonly alarms: readonly Alarm[]
}

/** What may take the place of one pin, or why nobody can tell. A pin of an upstream that is not asked has no answer. */
export function judge(
  pin: Pin & { readonly upstream: string },
  watchers: Watchers,
  told: ReadonlyMap<string, Told>,
  seen: Seen
): Judged | NotTold | undefined {
  const upstream = watchers.upstreams[pin.upstream]
  const own = told.get(pin.upstream)
  if (upstream === undefined || own === undefined) return undefined
  if (!isAnswer(own)) return own.notTold
  const version = readVersion(pin.version, upstream.scheme)
  if (version === undefined) {
    return {
      reason: 'unreadable-version',
      message: `${pin.set}: ${pin.path}: found ${JSON.stringify(pin.version)}, expected a version that ${upstream.scheme} reads`,
      hint: 'correct the version, or the scheme of its watcher'
    }
  }
  const partners = new Map<string, Answer>()
  for (const name of upstream.same_version_as) {
    const partner = told.get(name)
    if (partner === undefined) continue
    if (!isAnswer(partner))
      return { ...partner.notTold, message: `${name}, its partner: ${partner.notTold.message}` }
    partners.set(name, partner)
  }
  const within = upstream.within[pin.set]
  const choice = choose(own, {
    pinned: version,
    within: within === undefined ? undefined : readConstraint(within),
    partners,
    moved: movedTags(own, seen.upstreams[pin.upstream])
  })
  return { version, upstream, choice, alarms: isGone(version, own) ? [goneAlarm(pin)] : [] }
}

/** Whether upstream took back the very version that is pinned. */
function isGone(pinned: Version, { tags }: Answer): boolean {
  const identities = tags.map(({ name }) => name.replace(/^v/, ''))
  return tags.length > 0 && !identities.includes(identityOf(pinned))
}

function goneAlarm({ set, path, version, upstream }: Pin & { readonly upstream: string }): Alarm {
  return {
    code: 'pin-gone',
    upstream,
    message: `${set} pins ${version} in ${path}, and there is no such tag any more`
  }
}
