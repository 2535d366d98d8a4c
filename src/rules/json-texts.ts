/**
 * Calls `visit` with every text in a value, where it stands, and the innermost key that it stands under, also of a
 * list; keys are none.
 */
export function visitTexts(
  value: unknown,
  path: string,
  key: string,
  visit: (text: string, path: string, key: string) => void
): void {
  if (typeof value === 'string') visit(value, path, key)
  else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      visitTexts(item, `${path}[${index}]`, key, visit)
    })
  } else if (typeof value === 'object' && value !== null) {
    const map = value as Readonly<Record<string, unknown>>
    for (const inner in map) visitTexts(map[inner], `${path}.${inner}`, inner, visit)
  }
}
