/** `{[key]: value}`, or nothing where the value is absent: an absent key is not `undefined`. */
export function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}
