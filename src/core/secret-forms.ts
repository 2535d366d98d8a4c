import { shortestPattern } from './text-search.ts'

/**
 * Every text in which a secret can stand in an output: as it is, in JSON, YAML, a URL, a shell word and base64; of one with
 * several lines, each line too, since logs are cut into lines and YAML indents them. Empty for what is public by itself:
 * certificates and public keys.
 */
export function formsOf(secret: string): Set<string> {
  const forms = new Set<string>()
  for (const text of new Set([secret, secret.trim()])) {
    if (withoutPublicParts(text).trim() === '') continue
    for (const form of [text, ...quotedForms(text), ...base64Forms(text)]) forms.add(form)
    for (const line of linesToHide(text)) {
      forms.add(line)
      // Indented lines come out otherwise in the base64 of the file that they stand in.
      for (const form of [...quotedForms(line), ...base64Within(line)]) forms.add(form)
    }
  }
  return forms
}

/** In JSON (as JavaScript and as Go write it), single quotes of YAML and of a shell, behind backslashes, and in a URL. */
function quotedForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  // Half a character can't be encoded; a trip through bytes replaces it.
  const uri = encodeURIComponent(Buffer.from(text).toString())
  const strictUri = uri.replace(/[!'()*]/g, hexOf)
  return [
    json,
    json.replace(
      /[<>&\u2028\u2029]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    ),
    text.replaceAll("'", "''"),
    text.replaceAll("'", `'\\''`),
    text.replace(/[^\w@%+=:,./\n-]/g, '\\$&'),
    text.replace(/["$`\\]/g, '\\$&'),
    uri,
    strictUri,
    strictUri.replaceAll('%20', '+')
  ]
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Columns after which `base64` breaks its lines (GNU coreutils 9). */
const base64Columns = 76

/** In base64 alone, with line ends and without, and within something longer. */
function base64Forms(text: string): string[] {
  const whole = Buffer.from(text).toString('base64')
  const lines = whole.length > base64Columns ? (whole.match(/.{1,76}/g) ?? []) : []
  return [whole, forUrl(whole), ...lines, ...base64Within(text)]
}

/** Within something longer that is in base64, it may begin at each of three places of a group. */
function base64Within(text: string): string[] {
  const forms = [0, 1, 2].map(offset => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
    const first = Math.ceil((offset * 8) / 6)
    // Only the characters that none of what stands around has a part in.
    return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6))
  })
  return [...forms, ...forms.map(forUrl)]
}

function forUrl(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Lines of a text of several that tell of the secret: of a JSON object none, since its members are learned one by one. */
function linesToHide(text: string): string[] {
  if (!text.includes('\n') || text.startsWith('{')) return []
  return withoutPublicParts(text)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.length >= shortestPattern && !/^#|^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(line))
}

/** A text without the certificates and public keys that stand in it. */
function withoutPublicParts(text: string): string {
  return text.replace(/-----BEGIN (?![A-Z0-9 ]*PRIVATE KEY)([A-Z0-9 ]+)-----[^]*?-----END \1-----/g, '')
}
