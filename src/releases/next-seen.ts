import type { Answer } from './answer.ts'
import type { Chosen } from './change-set.ts'
import type { Seen, SeenUpstream } from './seen.ts'

/** What the next run has to know. A tag keeps the commit that it had first, so that a move is told until a person looked. */
export function nextSeen(
  seen: Seen,
  answers: readonly (readonly [string, Answer])[],
  chosen: readonly Chosen[],
  now: Date
): Seen {
  const downloads = chosen.flatMap(({ evidence: { artefact } }) =>
    artefact === undefined ? [] : [[artefact.url, artefact.sha256] as const]
  )
  return {
    upstreams: {
      ...seen.upstreams,
      ...Object.fromEntries(answers.map(([name, answer]) => [name, after(seen.upstreams[name], answer, now)]))
    },
    proved: { ...seen.proved, ...Object.fromEntries(downloads) }
  }
}

function after(before: SeenUpstream | undefined, answer: Answer, now: Date): SeenUpstream {
  const id = before?.id ?? answer.repository?.id
  const swept = answer.isSwept ? now.toISOString() : before?.swept
  return {
    ...(id === undefined ? {} : { id }),
    tags: { ...Object.fromEntries(answer.tags.map(({ name, commit }) => [name, commit])), ...before?.tags },
    versions: answer.tags.length > 0 ? [] : answer.candidates.map(({ version }) => version.text),
    releases: answer.releases,
    ...(swept === undefined ? {} : { swept })
  }
}
