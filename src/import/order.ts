/** The same items, each after those that it needs, else in their order. Where they need each other, the first is first. */
export function inOrderOfNeed<T>(items: readonly T[], needs: (item: T) => readonly T[]): T[] {
  const seen = new Set<T>()
  const ordered: T[] = []
  const visit = (item: T): void => {
    if (seen.has(item)) return
    seen.add(item)
    needs(item).forEach(visit)
    ordered.push(item)
  }
  items.forEach(visit)
  return ordered
}
