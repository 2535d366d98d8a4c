import { isList } from './json.ts'
import type { Json } from './model.ts'

/**
 * JSON as Go writes it: without blanks, keys sorted by their bytes, and without characters that mean something in HTML
 * (https://pkg.go.dev/encoding/json#Marshal).
 */
export function goJson(value: Json): string {
  if (isList(value)) return `[${value.map(goJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    return `{${entries.map(([key, item]) => `${goJson(key)}:${goJson(item)}`).join(',')}}`
  }
  const text = JSON.stringify(value)
  return typeof value === 'string' ? text.replace(/[<>&\u2028\u2029]/g, escaped) : text
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
