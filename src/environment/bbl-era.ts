import { UserError } from '../core/errors.ts'

/**
 * Which terraform a bbl embeds: `0.11` up to v8.4.40, `1` from v8.4.41 on (bosh-bootloader#522). The two read different
 * spellings, and only the first lets an override file add blocks.
 */
export type TerraformEra = '0.11' | '1'

const lastOfOldEra = [8, 4, 40] as const

/** The era of what `bbl --version` prints: `bbl 8.4.40 (linux/amd64)`. Throws a UserError where it names no version. */
export function eraOf(printed: string): TerraformEra {
  const found = /\b(\d+)\.(\d+)\.(\d+)(-[\w.]+)?/.exec(printed)
  if (found === null) {
    throw new UserError(
      'program',
      `bbl --version: found ${JSON.stringify(printed)}, expected a version like 8.4.40`,
      {
        hint: 'take a released bbl'
      }
    )
  }
  const [, major, minor, patch] = found.map(Number)
  const difference = compare([major ?? 0, minor ?? 0, patch ?? 0], lastOfOldEra)
  // A pre-release of 8.4.41 has its terraform already; one of 8.4.40 has not yet another.
  return difference > 0 ? '1' : '0.11'
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((part, at) => part !== other[at])
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0)
}
