import type { GitHubRelease, GitHubRepository } from '../tools/github.ts'
import type { RemoteTag } from '../tools/git-remote.ts'
import type { NoAnswer } from '../tools/upstream-error.ts'
import type { Version } from './version.ts'

/** A version that an upstream tells of. It is a hint: `prove` says whether it counts. */
export interface Candidate {
  readonly version: Version
  readonly tag?: string
  readonly commit?: string
  /** Page for people. */
  readonly page?: string
  readonly artefact?: Artefact
  /** Whether GitHub has to say yet that the tag is a release. */
  readonly isUnconfirmed?: true
}

export interface Artefact {
  readonly url: string
  readonly sha256: string | undefined
}

/** What an upstream said. */
export interface Answer {
  readonly candidates: readonly Candidate[]
  /** What it told of that is no candidate, and why. */
  readonly left: readonly Left[]
  /** What a person should know although it changes nothing. */
  readonly notes: readonly string[]
  readonly tags: readonly RemoteTag[]
  readonly releases: readonly GitHubRelease[]
  /** Whether all pages of releases were read. */
  readonly isSwept: boolean
  readonly repository?: GitHubRepository
}

export interface Left {
  readonly text: string
  readonly why: string
}

/** Why nobody can tell whether something changed. */
export type UnknownReason = NoAnswer | 'unreadable-version' | 'no-digest'

export interface NotTold {
  readonly reason: UnknownReason
  readonly message: string
  readonly hint: string | undefined
  readonly until?: string
}

export type Told = Answer | { readonly notTold: NotTold }

export function isAnswer(told: Told | undefined): told is Answer {
  return told !== undefined && !('notTold' in told)
}
