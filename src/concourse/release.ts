import { UserError } from '../core/errors.ts'

/** A release of Concourse, `major.minor`: what a key needs, or what a pipeline is meant for. */
export type Release = `${number}.${number}`

/** The release that the schema tables describe. */
export const newestRelease: Release = '8.3'

const oldestRelease: Release = '5.0'

/** Whether `release` came before `other`. 7.14 came after 7.4. */
export function isBefore(release: Release, other: Release): boolean {
  return orderOf(release) < orderOf(other)
}

/** Reads the release of `--target`; one that the tables say nothing of is wrong use. */
export function parseRelease(text: string): Release {
  const [, major, minor] = /^v?([0-9]+)\.([0-9]+)(?:\.[0-9]+)?$/.exec(text) ?? []
  const release = `${Number(major)}.${Number(minor)}` as const
  if (major !== undefined && !isBefore(release, oldestRelease) && !isBefore(newestRelease, release)) {
    return release
  }
  throw new UserError(
    'usage',
    `target: found ${JSON.stringify(text)}, expected a release of Concourse from ${oldestRelease} to ${newestRelease}`,
    { hint: 'take the version that fly --version or the web page of your Concourse says' }
  )
}

/** Of the few releases that tables and targets name, asked for at every key. */
const orders = new Map<Release, number>()

function orderOf(release: Release): number {
  const known = orders.get(release)
  if (known !== undefined) return known
  const [major = 0, minor = 0] = release.split('.').map(Number)
  orders.set(release, major * 1000 + minor)
  return major * 1000 + minor
}
