import { isGuessable } from './guessable.ts'
import { formsOf } from './secret-forms.ts'
import { secretLeavesOfJson } from './secret-leaves.ts'
import { TextSearch } from './text-search.ts'

/** What stands in the place of a secret. */
export const mask = '((redacted))'

/** Tells the secrets of a place that may get new ones at any time: a folder that a program writes to. */
export type SecretSource = (learn: (secret: string) => void) => void

/**
 * Knows the secrets of one process and takes them out of any text before a person or a log sees it, in every form that
 * `formsOf` knows. What is guessable (`admin`, `true`, a port) is hidden only behind a name that says that it is a secret
 * (`password: admin`) and in the address of a login (`://user:admin@`); what was said to be public, never.
 */
export class Redactor {
  readonly #secrets = new Set<string>()
  readonly #forms = new Set<string>()
  readonly #guessable = new Set<string>()
  readonly #public = new Set<string>()
  readonly #sources = new Map<string, SecretSource>()
  #search: TextSearch | undefined
  #byName: RegExp | undefined

  /** Learns secrets. Those that are known already, absent ones and blank ones change nothing. */
  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined || secret.trim() === '' || this.#secrets.has(secret)) continue
      this.#secrets.add(secret)
      this.#learn(secret)
      // The key of a service account is JSON: a program shows its parts as well.
      secretLeavesOfJson(secret).forEach(leaf => this.#learn(leaf))
    }
  }

  /** What is said in plain in the same place can't be a secret: the environment's name, a region, a domain. */
  addPublic(...values: readonly (string | undefined)[]): void {
    for (const value of values) {
      if (value === undefined) continue
      this.#public.add(value.trim())
      this.#forms.delete(value.trim())
      this.#search = undefined
    }
  }

  /** Asks a source now, and again at each `refresh`. One of that name that is known already stays. */
  watch(name: string, source: () => SecretSource): void {
    if (!this.#sources.has(name)) this.#sources.set(name, source())
    this.refresh()
  }

  /** To be called before what a program has printed or thrown is shown: it may have made secrets since. */
  refresh(): void {
    for (const source of this.#sources.values()) source(secret => this.add(secret))
  }

  redact(text: string): string {
    const byName = this.#namePattern()
    const shown = this.#hide(text)
    return byName === undefined ? shown : shown.replace(byName, `$1${mask}`)
  }

  /** Whether a secret stands in a text, guessable ones left out. */
  isIn(text: string): boolean {
    return this.#searchOf().find(text).length > 0
  }

  #learn(secret: string): void {
    if (isGuessable(secret)) {
      this.#guessable.add(secret.trim())
      this.#byName = undefined
      return
    }
    for (const form of formsOf(secret)) {
      if (!isGuessable(form) && !this.#public.has(form)) this.#forms.add(form)
    }
    this.#search = undefined
  }

  #searchOf(): TextSearch {
    this.#search ??= new TextSearch(this.#forms)
    return this.#search
  }

  #hide(text: string): string {
    const spans = this.#searchOf().find(text)
    if (spans.length === 0) return text
    let shown = ''
    let from = 0
    for (const { start, end } of spans) {
      shown += text.slice(from, start) + mask
      from = end
    }
    return shown + text.slice(from)
  }

  #namePattern(): RegExp | undefined {
    const values = [...this.#guessable].filter(value => !this.#public.has(value))
    if (values.length > 0) this.#byName ??= afterNames(values)
    return values.length === 0 ? undefined : this.#byName
  }
}

const nameBefore = `(?:passwo?r?d|passphrase|secret|token|credential|(?:api|access|private)[_-]?key)s?["']?(?:\\s{0,3}[:=]\\s{0,3}|\\s)["']?`

/** One of the values behind a name that says what it is, or as the password of a URL. */
function afterNames(values: readonly string[]): RegExp {
  const any = values
    .toSorted((a, b) => b.length - a.length)
    .map(value => value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')
  return new RegExp(`(${nameBefore}|://[^\\s/@:]{0,80}:)(?:${any})(?![\\w-])`, 'gi')
}
