/** The same items, each below those that it needs, else in their order. Of those that need each other, the first is last. */
export function inOrderOfNeed<T>(items: readonly T[], needs: (item: T) => readonly T[]): T[] {
  const ordered = new Set<T>()
  const begun = new Set<T>()
  // Chains of need are as long as there are items, longer than calls within calls can be.
  const waiting = items.toReversed()
  for (let item = waiting.at(-1); item !== undefined; item = waiting.at(-1)) {
    const missing = begun.has(item) ? [] : needs(item).filter(other => !begun.has(other))
    begun.add(item)
    if (missing.length > 0) waiting.push(...missing.toReversed())
    else {
      waiting.pop()
      ordered.add(item)
    }
  }
  return [...ordered]
}
