import type { Answer } from './answer.ts'
import type { SeenUpstream } from './seen.ts'
import { identityOf } from './version.ts'

/** What nobody should take for a new version. */
export interface Alarm {
  readonly code: 'tag-moved' | 'tags-differ' | 'other-repository' | 'pin-gone' | 'digest-differs'
  readonly upstream: string
  readonly message: string
}

/** Tags that mean another commit than when they were seen first. */
export function movedTags(answer: Answer, seen: SeenUpstream | undefined): ReadonlySet<string> {
  const moved = answer.tags.filter(({ name, commit }) => {
    const before = seen?.tags[name]
    return before !== undefined && before !== commit
  })
  return new Set(moved.map(({ name }) => name))
}

/** What is alarming about an upstream itself, whoever pins it. */
export function alarmsOf(upstream: string, answer: Answer, seen: SeenUpstream | undefined): Alarm[] {
  const alarm = (code: Alarm['code'], message: string): Alarm => ({ code, upstream, message })
  const moved = movedTags(answer, seen)
  const id = answer.repository?.id
  return [
    ...answer.tags
      .filter(({ name }) => moved.has(name))
      .map(({ name, commit }) =>
        alarm('tag-moved', `tag ${name} is commit ${commit} now, and was ${seen?.tags[name] ?? ''}`)
      ),
    ...spellings(answer).map(([one, other]) =>
      alarm('tags-differ', `tags ${one} and ${other} are one version and two commits`)
    ),
    ...(seen?.id === undefined || id === undefined || id === seen.id
      ? []
      : [alarm('other-repository', `another repository has its name now (number ${id}, and was ${seen.id})`)])
  ]
}

function spellings({ candidates }: Answer): (readonly [string, string])[] {
  const first = new Map<string, (typeof candidates)[number]>()
  return candidates.flatMap(candidate => {
    const identity = identityOf(candidate.version)
    const other = first.get(identity)
    first.set(identity, other ?? candidate)
    return other === undefined || other.commit === candidate.commit
      ? []
      : [[other.version.text, candidate.version.text] as const]
  })
}
