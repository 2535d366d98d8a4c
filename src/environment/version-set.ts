/** A pinned upstream repository. Versions are strings everywhere: `1.10` is not 1.1. */
export interface PinnedRepository {
  readonly uri: string
  /** Tag, or full commit where upstream has no tags. */
  readonly version: string
}

interface PinnedImage {
  readonly repository: string
  readonly tag: string
}

/** `env/versions/<set>.yml`: versions that belong together. */
export interface VersionSet {
  readonly name: string
  /** When and why these belong together, in a sentence. */
  readonly doc: string
  readonly repositories: {
    readonly bucc: PinnedRepository
    readonly 'cf-deployment': PinnedRepository
    readonly 'kubo-deployment': PinnedRepository
    readonly 'kubo-release': PinnedRepository
    readonly 'silk-release': PinnedRepository
  }
  /** Command line programs and the versions that this set was proved with, e.g. `bbl: 8.4.40`. */
  readonly programs: Readonly<Record<string, string>>
  /** Providers of bbl's terraform and their versions, e.g. `google: 1.20.0`. */
  readonly terraform_providers: Readonly<Record<string, string>>
  readonly images: {
    /** Where tasks run. */
    readonly toolbox: PinnedImage
    /** What answers in connectivity tests. */
    readonly probe: PinnedImage
  }
}
