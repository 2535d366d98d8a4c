/**
 * How an upstream writes its versions: by https://semver.org, as any count of dotted numbers (`36`, `621.76`), as BOSH
 * releases and stemcells do, or as the commits of a branch.
 */
export const schemes = ['semver', 'loose', 'commit'] as const

export type Scheme = (typeof schemes)[number]

/** A version, taken apart as text: `1.10` never becomes the number 1.1, and no count of digits is too many. */
export interface Version {
  /** As upstream writes it: what a person reads, and what a tag is called. */
  readonly text: string
  readonly scheme: Scheme
  /** Digits of each part: `['621', '76']`. None for a commit. */
  readonly numbers: readonly string[]
  /** What makes it earlier than its final version: `['beta', '2']`. */
  readonly prerelease: readonly string[]
  /** What follows a plus: `['silk', '1']`. */
  readonly build: readonly string[]
}

const word = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const noLeadingZero = '(?:0|[1-9]\\d*)'
const shapes = {
  semver: new RegExp(`^v?(${noLeadingZero}(?:\\.${noLeadingZero}){2})(?:-(${word}))?(?:\\+(${word}))?$`),
  loose: new RegExp(`^v?(\\d+(?:\\.\\d+)*)(?:-(${word}))?(?:\\+(${word}))?$`)
}

/** Reads a tag or a version, with or without its `v`; undefined where the scheme can't read it, as `upstream` or `1.0.x`. */
export function readVersion(text: string, scheme: Scheme): Version | undefined {
  if (scheme === 'commit') {
    return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
      ? { text, scheme, numbers: [], prerelease: [], build: [] }
      : undefined
  }
  const found = shapes[scheme].exec(text)
  if (found === null) return undefined
  const [, numbers = '', prerelease, build] = found
  const version = {
    text,
    scheme,
    numbers: numbers.split('.'),
    prerelease: prerelease?.split('.') ?? [],
    build: build?.split('.') ?? []
  }
  // semver.org, item 9: a number of a prerelease has no leading zero either.
  const isRefused = scheme === 'semver' && version.prerelease.some(part => /^0\d+$/.test(part))
  return isRefused ? undefined : version
}

/**
 * What two spellings of one version share: `v3.9.0` and `3.9.0` are one, `1.1` and `1.1.0` are two, although neither is
 * the later one.
 */
export function identityOf({ text, scheme }: Version): string {
  return scheme === 'commit' ? text : text.replace(/^v/, '')
}

export function isFinal(version: Version): boolean {
  return version.prerelease.length === 0
}
