/**
 * What a text looks like that should never stand in a record or a pipeline, or undefined for an ordinary one. Guessing
 * is right here: such files are public to a team, and a finding costs less than a leaked key.
 */
export function secretIn(text: string): string | undefined {
  return (
    shapes.find(({ pattern }) => pattern.test(text))?.looksLike ?? (isToken(text) ? 'a token' : undefined)
  )
}

const shapes: readonly { readonly looksLike: string; readonly pattern: RegExp }[] = [
  { looksLike: 'a key or certificate', pattern: /-----BEGIN [A-Z0-9 ]+-----/ },
  { looksLike: 'a service account key', pattern: /"private_key(_id)?"\s*:/ },
  { looksLike: 'an address with a password in it', pattern: /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i },
  { looksLike: 'an access key of AWS', pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { looksLike: 'an identity of age', pattern: /AGE-SECRET-KEY-/i },
  { looksLike: 'a token of GitHub', pattern: /\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/ },
  { looksLike: 'a token of Slack', pattern: /\bxox[abeoprs]-|hooks\.slack\.com\/services\// },
  { looksLike: 'a web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./ }
]

/**
 * What a text holds that is a secret beyond doubt, or undefined: unlike `secretIn` it leaves out what only may be one,
 * certificates and public keys, and what says of itself that it is an example.
 */
export function certainSecretIn(text: string): string | undefined {
  if (text.length < shortestCertain || !certainStart.test(text)) return undefined
  const found = certainShapes.find(({ pattern }) => pattern.test(text))
  return found === undefined || isPlaceholder(text) ? undefined : found.what
}

const shortestCertain = 40

/** What each of the shapes has in it: most texts are asked but once. */
const certainStart = /PRIVATE KEY|AGE-SECRET|gh[pousr]_|github_pat|xox|hooks\.slack|eyJ/

const certainShapes: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a private key',
    // Lines like `Proc-Type: 4,ENCRYPTED` may stand before the key itself; in JSON, line breaks are written out.
    pattern:
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:\s|\\n)+(?:[A-Z][A-Za-z-]+: [^\n]*\s+)*[A-Za-z0-9+/=]{40}/
  },
  { what: 'an identity of age', pattern: /\bAGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50}/ },
  { what: 'a token of GitHub', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40})/ },
  { what: 'a token of Slack', pattern: /\bxox[abeoprs]-\d{8,}-[A-Za-z0-9-]{20}/ },
  { what: 'a web hook of Slack', pattern: /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{20}/ },
  { what: 'a web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{20}/ }
]

/** Whether a text says that something else is to stand in its place, or that it is an example. */
export function isPlaceholder(text: string): boolean {
  return /^<.*>$|^[*.x-]+$|x{5}|\*{3}|\.{3}|placeholder|change[-_ ]?me|example|dummy|fake|redacted|replace|insert|todo|\byour[-_ ]|goes[-_ ]here|^some[-_ ]|^an?[-_ ]/i.test(
    text
  )
}

/** Long, without a break, and either all hex or of every kind of letter: nobody types such a word. */
function isToken(text: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(text)) return true
  return (
    /^[A-Za-z0-9+/_=-]{32,}$/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text)
  )
}

/** Whether the name of a var says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return /(^|[_-])(password|passwd|secret|token|private[_-]?key|access[_-]?key|service[_-]key|credentials?)$/i.test(
    name
  )
}

/** Whether a text is nothing but the name of a var: `((name))`. */
export function isVarReference(text: string): boolean {
  return /^\(\([^()\s]+\)\)$/.test(text)
}
