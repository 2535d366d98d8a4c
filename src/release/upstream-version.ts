import { UserError } from '../core/errors.ts'
import { releaseVersion, versionIn } from '../core/version.ts'

/**
 * Which version of upstream a commit is, by the tags on it and the version that a person or a pipeline names. Versions
 * have three numbers and no `v`. Several tags may be on one commit (kubo-release v0.31.11 and v0.32.0), so that the
 * commit alone does not say. Throws a UserError (findings, exit code 3) where nobody can tell.
 */
export function upstreamVersion(tags: readonly string[], named?: string): string {
  const versions = tags.flatMap(tag => versionIn(tag) ?? [])
  const shown = tags.length === 0 ? 'no tag' : tags.join(', ')
  if (named !== undefined) {
    const wanted = releaseVersion(named, 'version')
    if (versions.includes(wanted)) return wanted
    throw new UserError('findings', `version: found ${shown} on the commit, expected v${wanted}`, {
      hint: `check out v${wanted}, or name the version of this commit`
    })
  }
  const [only, ...others] = versions.filter(version => /^[\d.]+$/.test(version))
  if (only !== undefined && others.length === 0) return only
  if (only === undefined) {
    throw new UserError(
      'findings',
      `version: found ${shown} on the commit, expected the tag of a final version`,
      {
        hint: 'check out the tag of a final version, e.g. v0.44.0'
      }
    )
  }
  throw new UserError('findings', `version: found ${shown} on the commit, expected one of them to be named`, {
    hint: `say which one is meant: --upstream ${others.at(-1) ?? only}`
  })
}

/** The version of a customized release: `0.44.0+silk.1`. It is later than upstream's own, and the same for the same files. */
export function customizedVersion(upstream: string, revision: number): string {
  return `${upstream}+silk.${revision}`
}
