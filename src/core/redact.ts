/** What stands in the place of a secret. */
export const mask = '((redacted))'

/** Shorter values would mask ordinary words, and protect nothing. */
const shortestSecret = 4

/**
 * Knows the secrets of one process and takes them out of any text before a person or a log sees it.
 * A secret of several lines (a key) is masked as a whole and line by line, since logs are cut into lines.
 */
export class Redactor {
  readonly #secrets = new Set<string>()
  #pattern: RegExp | undefined

  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined) continue
      const forms = [secret, secret.trim(), ...secret.split('\n').map(line => line.trim())]
      for (const form of forms) this.#addForm(form)
    }
  }

  #addForm(form: string): void {
    // The frame of a PEM block is no secret, and masking it hides what kind of thing is shown.
    if (form.length < shortestSecret || /^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(form)) return
    for (const shape of [form, encodeURIComponent(form), Buffer.from(form).toString('base64')]) {
      this.#secrets.add(shape)
    }
    this.#pattern = undefined
  }

  redact(text: string): string {
    if (this.#secrets.size === 0) return text
    this.#pattern ??= longestFirst(this.#secrets)
    return text.replace(this.#pattern, mask)
  }
}

function longestFirst(secrets: ReadonlySet<string>): RegExp {
  const escaped = [...secrets]
    .sort((a, b) => b.length - a.length)
    .map(secret => secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(escaped.join('|'), 'g')
}
