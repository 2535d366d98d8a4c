import type { Json, JsonObject } from '../concourse/model.ts'

/**
 * A param as a task finds it in its environment: text as it is, numbers as text, nothing as the empty text, all else as
 * JSON (concourse v8.3, atc/task.go, CoercedString).
 */
export function paramText(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : goJson(value)
}

export function paramTexts(params: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, paramText(value)]))
}

/** JSON with the bytes that Go writes: keys sorted, and what HTML gives a meaning escaped. */
function goJson(value: Json): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => sorted(inner))
  return text.replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
