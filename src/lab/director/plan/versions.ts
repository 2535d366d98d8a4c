/** Orders versions as BOSH does: number by number, and anything before a dash is later than what has one more part. */
export function compareVersions(left: string, right: string): number {
  const [leftParts, rightParts] = [partsOf(left), partsOf(right)]
  for (let index = 0; index < Math.max(leftParts.length, rightParts.length); index += 1) {
    const order = comparePart(leftParts[index] ?? 0, rightParts[index] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

function partsOf(version: string): readonly (number | string)[] {
  return version.split(/[.+-]/).map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

function comparePart(left: number | string, right: number | string): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === typeof right) return left < right ? -1 : left > right ? 1 : 0
  return typeof left === 'number' ? -1 : 1
}

/**
 * Whether a compiled package fits another stemcell of the same line: those that differ in the last number only
 * (bosh v283, bosh/version/stemcell_version.rb: 621.76 and 621.125).
 */
export function isSameLine(left: string, right: string): boolean {
  return left.split('.')[0] === right.split('.')[0]
}
