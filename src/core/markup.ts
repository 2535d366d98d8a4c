/** Text of HTML or XML that is safe to put into a page: all that came from outside was escaped on its way in. */
export interface Markup {
  readonly markup: string
}

type Value = string | number | undefined | Markup | readonly Markup[]

/** Markup from a template. Every value is escaped, unless it is markup itself; undefined is nothing. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = strings.reduce((sum, part, index) => sum + textOf(values[index - 1]) + part)
  return { markup: text }
}

/** Our own text, as it is: a style sheet, a declaration. */
export function verbatim(text: string): Markup {
  return { markup: text }
}

function textOf(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  return 'markup' in value ? value.markup : value.map(one => one.markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** Escapes for text and for attributes in either quotes. What neither XML nor HTML may hold becomes U+FFFD. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, character => entities[character] ?? '')
    .replaceAll(/(?![\n\t])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')
}
