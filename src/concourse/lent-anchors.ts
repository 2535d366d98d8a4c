import type { Alias } from './yaml-anchors.ts'
import type { YamlNode } from './yaml-node.ts'

/**
 * Where those keys of the uppermost map begin in whose values an anchor stands that an alias below another key repeats.
 * Concourse drops such a key and keeps what it holds where the aliases are, which is how people name parts of a
 * pipeline (concourse v8.3, atc/config.go, UnmarshalConfig).
 */
export function keysThatLend(root: YamlNode, aliases: readonly Alias[]): ReadonlySet<number> {
  if (root.kind !== 'map' || aliases.length === 0) return new Set()
  const starts = [...root.entries.values()].map(({ at }) => at).sort((a, b) => a - b)
  const lenders = new Set<number>()
  for (const { at, anchorAt } of aliases) {
    const lender = lastUpTo(anchorAt, starts)
    if (lender !== undefined && lender !== lastUpTo(at, starts)) lenders.add(lender)
  }
  return lenders
}

/** Of rising numbers the last that is not beyond a limit. */
function lastUpTo(limit: number, rising: readonly number[]): number | undefined {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return rising[low - 1]
}
