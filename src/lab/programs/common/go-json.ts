/** JSON with four spaces and with the escapes of Go's encoding/json, which keeps HTML's characters out of it. */
export function goJson(value: unknown): string {
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }
  return JSON.stringify(value, null, 4).replaceAll(/[<>&\u2028\u2029]/g, character => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return escapes[character] ?? `\\u${code}`
  })
}
