import { DirectorError } from './director-error.ts'
import type { DirectorData, ReleaseRecord, StemcellRecord } from './model.ts'

interface Versioned {
  readonly name: string
  readonly version: string
}

/** Names of the deployments that use a release. */
export function usersOfRelease(data: DirectorData, release: Versioned): readonly string[] {
  return data.deployments.filter(({ releases }) => includes(releases, release)).map(({ name }) => name)
}

export function usersOfStemcell(data: DirectorData, stemcell: Versioned): readonly string[] {
  return data.deployments.filter(({ stemcells }) => includes(stemcells, stemcell)).map(({ name }) => name)
}

export function unusedReleases(data: DirectorData): readonly ReleaseRecord[] {
  return data.releases.filter(release => usersOfRelease(data, release).length === 0)
}

export function unusedStemcells(data: DirectorData): readonly StemcellRecord[] {
  return data.stemcells.filter(stemcell => usersOfStemcell(data, stemcell).length === 0)
}

/** Throws the Director's error for a thing that a deployment needs. */
export function refuseInUse(code: number, what: string, users: readonly string[]): void {
  if (users.length > 0) throw new DirectorError(code, `${what} is still in use by: ${users.join(', ')}`)
}

function includes(list: readonly Versioned[], { name, version }: Versioned): boolean {
  return list.some(other => other.name === name && other.version === version)
}
