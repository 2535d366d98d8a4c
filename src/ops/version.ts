import { FindingsError } from '../core/finding.ts'

/** Whether a version of a release is that one or later. What follows the first three numbers does not count. */
export function isAtLeast(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)]
  const different = left.findIndex((number, index) => number !== right[index])
  return different < 0 || (left[different] ?? 0) > (right[different] ?? 0)
}

/** A version without its `v`. Throws a FindingsError where it is none, as is `1.1`, which YAML makes of an unquoted 1.10. */
export function releaseVersion(text: string, what: string): string {
  const version = /^v?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)$/.exec(text)?.[1]
  if (version !== undefined) return version
  throw new FindingsError([
    {
      code: 'release-version',
      severity: 'error',
      path: what,
      message: `found ${JSON.stringify(text)}, expected three numbers, like 3.26.0`,
      hint: 'write all three numbers, in quotes where YAML could take them for one number'
    }
  ])
}

function numbersOf(version: string): number[] {
  return (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number)
}
