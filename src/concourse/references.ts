/** What stands between the parentheses of a `((var))`, taken apart. */
export interface VariableReference {
  readonly name: string
  /** A var source, or `.` for the values that the steps of a build make. */
  readonly source?: string
  readonly path: string
  readonly fields: readonly string[]
}

/** concourse v8.3, vars/template.go */
const pattern = /\(\(((?:[-/.\w\p{L}]+:)?[-/.:@"\w\p{L}]+)\)\)/gu

/** The names of the vars that a text names, each once. */
export function namesIn(text: string): readonly string[] {
  // Most texts name none, which is seen at a fraction of the cost.
  if (!text.includes('((')) return []
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))]
}

/** The names of the vars anywhere in a value, keys included, each once. */
export function namesWithin(value: unknown): readonly string[] {
  if (typeof value === 'string') return namesIn(value)
  if (typeof value !== 'object' || value === null) return []
  const entries: [string, unknown][] = Object.entries(value)
  return [...new Set(entries.flatMap(([key, item]) => [...namesIn(key), ...namesWithin(item)]))]
}

/** Takes `source:path.field."dotted.field"` apart; quotes keep dots and colons (concourse v8.3, vars/variables.go). */
export function parseReference(name: string): VariableReference {
  const [, source, rest = name] = /^([^":]*):(.*)$/su.exec(name) ?? []
  const segments = rest.match(/(?:"[^"]*"|[^."])+/gu) ?? []
  const [path = '', ...fields] = segments.map(segment => segment.replaceAll('"', '').trim())
  return { name, ...(source === undefined ? {} : { source }), path, fields }
}
