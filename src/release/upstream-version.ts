import { UserError } from '../core/errors.ts'

/**
 * Which version of upstream a commit is, by the tags on it and the version that a person or a pipeline names. Versions
 * have three numbers and no `v`. Several tags may be on one commit (kubo-release v0.31.11 and v0.32.0), so that the
 * commit alone does not say. Throws a UserError (findings, exit code 3) where nobody can tell.
 */
export function upstreamVersion(tags: readonly string[], named?: string): string {
  const versions = tags.flatMap(tag => versionOf(tag) ?? [])
  const shown = tags.length === 0 ? 'no tag' : tags.join(', ')
  if (named !== undefined) {
    const wanted = versionOf(named)
    if (wanted === undefined) {
      throw new UserError(
        'findings',
        `version: found ${JSON.stringify(named)}, expected three numbers, e.g. 0.44.0`,
        {
          hint: 'write all three numbers, in quotes where YAML could take them for one number'
        }
      )
    }
    if (versions.includes(wanted)) return wanted
    throw new UserError('findings', `version: found ${shown} on the commit, expected v${wanted}`, {
      hint: `check out v${wanted}, or name the version of this commit`
    })
  }
  const [only, ...others] = versions.filter(version => !version.includes('-'))
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

/** `v0.44.0`, `0.44.0`, `v0.32.0-beta.1`: the version in it. */
function versionOf(tag: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?)$/.exec(tag)?.[1]
}

/** The version of a customized release: `0.44.0+silk.1`. It is later than upstream's own, and the same for the same files. */
export function customizedVersion(upstream: string, revision: number): string {
  return `${upstream}+silk.${revision}`
}
