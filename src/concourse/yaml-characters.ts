import type { Remark } from './yaml-node.ts'

/** What YAML 1.1 refuses as it stands, takes for the end of a line, or drops. A byte order mark may open the text. */
const strange = /(?!^\ufeff)[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

/** The first character of a text that Concourse does not read as what it is. */
export function strangeCharacter(text: string): Remark | undefined {
  const at = text.search(strange)
  if (at < 0) return undefined
  const code = text.charCodeAt(at).toString(16).padStart(4, '0')
  const message = `found the character U+${code.toUpperCase()}, which Concourse refuses or reads as the end of a line`
  const hint = `write it as \\u${code} in double quotes`
  return { code: 'strange-character', severity: 'error', message, hint, at }
}
