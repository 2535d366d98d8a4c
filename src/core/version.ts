import { FindingsError } from './finding.ts'

/**
 * The version that a tag or a version set names, without its `v`: `v0.44.0`, `2.30.0`, `0.32.0-beta.1`, `0.44.0+silk.1`.
 * Undefined where there are no three numbers, as in `1.1`, which YAML makes of an unquoted 1.10.
 */
export function versionIn(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z]+(?:[.+-][0-9A-Za-z]+)*)?)$/.exec(text)?.[1]
}

/** The version in a text. Throws a FindingsError where there is none; `where` says what was read. */
export function releaseVersion(text: string, where: string): string {
  const version = versionIn(text)
  if (version !== undefined) return version
  throw new FindingsError(
    [
      {
        code: 'release-version',
        severity: 'error',
        path: where,
        message: `found ${JSON.stringify(text)}, expected three numbers, e.g. 0.44.0`
      }
    ],
    { hint: 'write all three numbers, in quotes where YAML could take them for one number' }
  )
}

/** Whether a version is that one or later. What follows the first three numbers does not count. */
export function isAtLeast(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)]
  const different = left.findIndex((number, index) => number !== right[index])
  return different < 0 || (left[different] ?? 0) > (right[different] ?? 0)
}

function numbersOf(version: string): number[] {
  return (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number)
}
