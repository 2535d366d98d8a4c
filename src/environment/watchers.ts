/** What tells of new versions of an upstream. */
export type Signal = 'releases' | 'tags' | 'branch' | 'bosh-io' | 'stemcell' | 'none'

/** One upstream, and what tells of its versions. */
export interface Upstream {
  readonly doc: string
  readonly signal: Signal
  /** Why nothing watches it. */
  readonly because?: string
  /** Paths in version sets: `repositories.cf-deployment`, `programs.bbl`. */
  readonly pins: readonly string[]
  /** The upstream in whose manifest it is pinned. */
  readonly brought_by?: string
  /** `owner/name` at GitHub. */
  readonly repository?: string
  readonly branch?: string
  /** Path of its releases at bosh.io, or the name of a stemcell there. */
  readonly bosh_io?: string
  readonly variant: 'regular' | 'light'
  readonly scheme: 'semver' | 'loose' | 'commit'
  /** Name of the BOSH release that it is. */
  readonly final_release?: string
  readonly same_version_as: readonly string[]
  /** Constraints by version set. */
  readonly within: Readonly<Record<string, string>>
}

/** `env/watchers/upstreams.yml`: who watches what. */
export interface Watchers {
  /** Version sets in which nothing moves, and why. */
  readonly frozen: Readonly<Record<string, string>>
  readonly upstreams: Readonly<Record<string, Upstream>>
}
