import { identityOf, type Version } from './version.ts'

/** How far apart two versions are, by the first part that differs. */
export type Risk = 'major' | 'minor' | 'patch'

/**
 * Which of two versions is the later one: below zero where it is the second. Parts that are missing count as 0, so that 0
 * is said of `1.1` and `1.1.0` too; what follows a plus makes no version later (https://semver.org, item 10). Commits
 * have no order.
 */
export function orderOf(a: Version, b: Version): number {
  const parts = Math.max(a.numbers.length, b.numbers.length)
  for (let part = 0; part < parts; part += 1) {
    const order = orderOfDigits(a.numbers[part] ?? '0', b.numbers[part] ?? '0')
    if (order !== 0) return order
  }
  // A version without a suffix is the final one, and later than all that led to it.
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length
  return orderOfWords(a.prerelease, b.prerelease)
}

/**
 * A total order for sorting, in which only two spellings of one version are equal: where none is later, the shorter one
 * comes first, then the one without a plus, then the text decides.
 */
export function compareVersions(a: Version, b: Version): number {
  const order = orderOf(a, b)
  if (order !== 0) return order
  if (a.build.length === 0 || b.build.length === 0) {
    if (a.build.length !== b.build.length) return a.build.length - b.build.length
  } else {
    const builds = orderOfWords(a.build, b.build)
    if (builds !== 0) return builds
  }
  if (a.numbers.length !== b.numbers.length) return a.numbers.length - b.numbers.length
  return orderOfText(identityOf(a), identityOf(b))
}

/** Whether both are spellings of one version. */
export function isSame(a: Version, b: Version): boolean {
  return identityOf(a) === identityOf(b)
}

/** What may change from one version to another. Nobody can tell it of commits, so it is the most. */
export function riskOf(from: Version, to: Version): Risk {
  if (from.scheme === 'commit' || to.scheme === 'commit') return 'major'
  const at = [0, 1].find(part => orderOfDigits(from.numbers[part] ?? '0', to.numbers[part] ?? '0') !== 0)
  if (at === undefined) return 'patch'
  return at === 0 ? 'major' : 'minor'
}

/** https://semver.org, item 11: numbers below words, numbers by their value, more parts above fewer. */
function orderOfWords(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    const order = orderOfWord(left, right)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function orderOfWord(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumberA && isNumberB) return orderOfDigits(a, b)
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1
  return orderOfText(a, b)
}

/** By value, and without making a number of them: a date and time in a version has more digits than a number holds. */
function orderOfDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')]
  return left.length === right.length ? orderOfText(left, right) : left.length - right.length
}

function orderOfText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
