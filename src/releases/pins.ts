import type { VersionSet } from '../environment/version-set.ts'
import type { Watchers } from '../environment/watchers.ts'

/** A version that a version set pins. */
export interface Pin {
  readonly set: string
  /** `repositories.cf-deployment`, `programs.bbl`. */
  readonly path: string
  /** As it is written there: a tag, a commit, or a version without its `v`. */
  readonly version: string
  /** Undefined where nothing watches it. */
  readonly upstream: string | undefined
}

/** All that a version set pins, in the order of the set. */
export function pinsOf(set: VersionSet, watchers: Watchers): Pin[] {
  const upstreamOf = new Map(
    Object.entries(watchers.upstreams).flatMap(([name, { pins }]) => pins.map(path => [path, name] as const))
  )
  const pinned: readonly (readonly [string, string])[] = [
    ...Object.entries(set.repositories).map(
      ([name, { version }]) => [`repositories.${name}`, version] as const
    ),
    ...Object.entries(set.programs).map(([name, version]) => [`programs.${name}`, version] as const),
    ...Object.entries(set.terraform_providers).map(
      ([name, version]) => [`terraform_providers.${name}`, version] as const
    ),
    ...Object.entries(set.images).map(([name, { tag }]) => [`images.${name}`, tag] as const)
  ]
  return pinned.map(([path, version]) => ({ set: set.name, path, version, upstream: upstreamOf.get(path) }))
}
