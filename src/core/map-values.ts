/** A map with the same keys, each with what `change` makes of its value. */
export function mapValues<V, W>(
  map: Readonly<Record<string, V>>,
  change: (value: V, key: string) => W
): Record<string, W> {
  const changed: Record<string, W> = {}
  for (const key in map) {
    const value = change(map[key] as V, key)
    // Set as other keys are, this one would change what the map inherits.
    if (key === '__proto__') Object.defineProperty(changed, key, { value, ...ordinary })
    else changed[key] = value
  }
  return changed
}

const ordinary = { enumerable: true, configurable: true, writable: true }
