/** `{[key]: value}`, or nothing where the value is absent: an absent key is not `undefined`. */
export function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

/** The same object without the keys that are `undefined`, of which there may be many. */
export function defined<T extends object>(values: Loose<T>): T {
  const found: Record<string, unknown> = {}
  for (const key in values) if (values[key] !== undefined) found[key] = values[key]
  // Only keys that may be absent may be undefined.
  return found as T
}

type Loose<T> = { readonly [K in keyof T]: T[K] | (object extends Pick<T, K> ? undefined : never) }
