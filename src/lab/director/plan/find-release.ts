import { DirectorError } from '../director-error.ts'
import { linksOf } from '../known-jobs.ts'
import type { DirectorData, JobSpec, ReleaseRecord } from '../model.ts'
import { compareVersions } from './versions.ts'

/** An uploaded release; `latest` is the highest version. Throws the Director's error where it lacks. */
export function findRelease(data: DirectorData, name: string, version: string): ReleaseRecord {
  const named = data.releases.filter(release => release.name === name)
  if (named.length === 0) throw new DirectorError(30005, `Release '${name}' doesn't exist`, 404)
  const sorted = [...named].sort((left, right) => compareVersions(left.version, right.version))
  const found = version === 'latest' ? sorted.at(-1) : named.find(release => release.version === version)
  if (found !== undefined) return found
  throw new DirectorError(30006, `Release version '${name}/${version}' doesn't exist`, 404)
}

/** A job of a release. A release that was never opened has each job that it is asked for. */
export function findJob(release: ReleaseRecord, name: string): JobSpec {
  const found = release.jobs.find(job => job.name === name)
  if (found !== undefined) return found
  if (!release.isOpen) {
    throw new DirectorError(140029, `Job '${name}' not found in release '${release.name}'`)
  }
  return {
    name,
    fingerprint: `${release.version}-${name}`,
    packages: release.packages.map(each => each.name),
    isErrand: /(?:^|[-_])(?:smoke|acceptance)[-_]tests?$/.test(name),
    ...linksOf(release.name, name)
  }
}
