import { linesInSecrets, secretParts, valuePart, type Part } from './findings-secrets.ts'

/** One line of a source, and what of it must not be shown. */
export interface SourceLine {
  readonly text: string
  readonly secrets: readonly Part[]
}

/** The lines of a file, without the secrets in them. `known` are numbers of lines that carry one for certain. */
export class SourceLines {
  readonly #lines: readonly string[]
  readonly #known: ReadonlySet<number>
  readonly #inside: ReadonlySet<number>
  readonly #secrets = new Map<number, readonly Part[]>()

  constructor(text: string, known: ReadonlySet<number>) {
    this.#lines = text.split(/\r?\n/)
    this.#known = known
    this.#inside = linesInSecrets(this.#lines, known)
  }

  /** A line by its number, counted from 1. */
  line(number: number): SourceLine | undefined {
    const text = this.#lines[number - 1]
    // The end of the last line is no line.
    if (text === undefined || (text === '' && number === this.#lines.length)) return undefined
    return { text, secrets: this.#secretsOf(number, text) }
  }

  #secretsOf(number: number, text: string): readonly Part[] {
    let secrets = this.#secrets.get(number)
    if (secrets === undefined) {
      if (this.#inside.has(number)) secrets = [{ from: text.search(/\S/), to: text.trimEnd().length }]
      else secrets = this.#known.has(number) ? [valuePart(text)] : secretParts(text)
      this.#secrets.set(number, secrets)
    }
    return secrets
  }
}
