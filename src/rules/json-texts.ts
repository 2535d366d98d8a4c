/** A text anywhere in a value, and where it stands. */
export interface PlacedText {
  readonly text: string
  readonly path: string
  /** The innermost key that it stands under, also of a list. */
  readonly key: string
}

/** Calls `visit` with every text in a value; keys are none. */
export function visitTexts(
  value: unknown,
  at: Omit<PlacedText, 'text'>,
  visit: (found: PlacedText) => void
): void {
  if (typeof value === 'string') visit({ text: value, ...at })
  else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      visitTexts(item, { path: `${at.path}[${index}]`, key: at.key }, visit)
    })
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      visitTexts(item, { path: `${at.path}.${key}`, key }, visit)
  }
}
