import type { GitHubRelease } from '../tools/github.ts'

/** What an earlier run has seen of one upstream. */
export interface SeenUpstream {
  /** Number of its repository at GitHub, which no rename changes. */
  readonly id?: number
  /** Commits by tag, as they were when each was seen first. */
  readonly tags: Readonly<Record<string, string>>
  /** Versions of what has no tags. */
  readonly versions: readonly string[]
  readonly releases: readonly GitHubRelease[]
  /** When all pages of its releases were read last. */
  readonly swept?: string
}

/** What earlier runs have seen, to be carried from one to the next. */
export interface Seen {
  readonly upstreams: Readonly<Record<string, SeenUpstream>>
  /** SHA-256 of what was downloaded and was as it should be, by address. */
  readonly proved: Readonly<Record<string, string>>
}

export const nothingSeen: Seen = { upstreams: {}, proved: {} }

/** Reads what `JSON.stringify` wrote of it; a text that is no such thing is as good as none. */
export function readSeen(text: string | undefined): Seen {
  if (text === undefined) return nothingSeen
  try {
    const read: unknown = JSON.parse(text)
    return isSeen(read) ? read : nothingSeen
  } catch {
    return nothingSeen
  }
}

function isSeen(read: unknown): read is Seen {
  if (!isMap(read) || !isMap(read['upstreams']) || !isMap(read['proved'])) return false
  return Object.values(read['upstreams']).every(
    seen =>
      isMap(seen) && isMap(seen['tags']) && Array.isArray(seen['versions']) && Array.isArray(seen['releases'])
  )
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
