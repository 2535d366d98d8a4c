/**
 * The same text, and each character at its place, with blanks for the line ends and comments within brackets and
 * quotes. Where a document ends within them the rest stays as it is, since there it is an error.
 */
export function joinFlowLines(text: string): string {
  return new FlowLines(text).joined()
}

const wordInBlock = String.raw`[^\r\n](?:[^\r\n]*?(?=:\s|[ \t]#|[\r\n]))`
const wordInFlow = String.raw`[^\r\n](?:[^\r\n]*?(?=[,[\]{}]|:[\s,[\]{}]|[ \t]#|[\r\n]))`
const line = String.raw`[ \t]+|\r\n|[\r\n]|#[^\r\n]*`
const tokens = {
  block: new RegExp(
    `${line}|%.*|[-?:](?=\\s)|(?:---|\\.\\.\\.)(?=\\s)|[|>].*|["'[{]|[&!*]\\S*|${wordInBlock}`,
    'y'
  ),
  flow: new RegExp(`${line}|["'[\\]{},:?]|[&!*][^\\s,[\\]{}]*|${wordInFlow}`, 'y'),
  '"': /[^"\\\r\n]+|\\[^\r\n]?|\r\n|[\r\n]|"/y,
  "'": /[^'\r\n]+|''|\r\n|[\r\n]|'/y
}
const indicator = /^(?:[-?:]|---|\.\.\.)$/
const marker = /(?:---|\.\.\.)(?=\s)/y
const indentation = / */y
const lineEnd = /\r\n|[\r\n]/g

class FlowLines {
  readonly #text: string
  #at = 0
  #lineStart = 0
  #joined = ''
  /** Up to where the text is in `#joined`. */
  #done = 0

  constructor(text: string) {
    // With a last line end every token ends within the text.
    this.#text = `${text}\n`
  }

  joined(): string {
    // The columns at which the innermost block begins, and what may become a key in it.
    let [block, key] = [-1, -1]
    while (this.#at < this.#text.length) {
      const column = this.#at - this.#lineStart
      const token = this.#next('block')
      const first = token.charAt(0)
      if (first === ' ' || first === '\t' || first === '#' || first === '%') {
        // The parser takes a tab before brackets for indentation.
        if (column > 0 && token.trim() === '') this.#blank(this.#at - token.length)
        continue
      }
      if (first === '\n' || first === '\r' || indicator.test(token)) {
        if (first === ':' && key >= 0) block = key
        else if (first !== '\n' && first !== '\r') block = token.length === 1 ? column : -1
        key = -1
        continue
      }
      if (key < 0) key = column
      if (first === '"' || first === "'") this.#quoted(first)
      else if (first === '[' || first === '{') this.#collection()
      else if (first === '|' || first === '>') this.#skipLines(block, true)
      else if (!'&!*'.includes(first) && this.#text[this.#at] !== ':') this.#skipLines(block, false)
    }
    return (this.#joined + this.#text.slice(this.#done)).slice(0, -1)
  }

  #next(kind: keyof typeof tokens): string {
    const pattern = tokens[kind]
    pattern.lastIndex = this.#at
    const token = pattern.exec(this.#text)?.[0] ?? this.#text.charAt(this.#at)
    this.#at += token.length
    if (token === '\n' || token === '\r' || token === '\r\n') this.#lineStart = this.#at
    return token
  }

  /** Lines with more indentation than their block: text after `|` or `>`, or what goes on without quotes. */
  #skipLines(block: number, isLiteral: boolean): void {
    for (;;) {
      lineEnd.lastIndex = this.#at
      this.#at = lineEnd.exec(this.#text)?.index ?? this.#text.length
      const start = lineEnd.lastIndex
      indentation.lastIndex = start
      indentation.test(this.#text)
      const next = this.#text.charAt(indentation.lastIndex)
      const isDeeper = indentation.lastIndex - start > block && next !== '' && !this.#isMarker(start)
      const isEmpty = next === '\n' || next === '\r'
      if (!isEmpty && (!isDeeper || (next === '#' && !isLiteral))) return
      this.#at = this.#lineStart = start
    }
  }

  #collection(): void {
    for (let depth = 1; depth > 0 && this.#at < this.#text.length;) {
      const from = this.#at
      const token = this.#next('flow')
      const first = token.charAt(0)
      if (first === '[' || first === '{') depth += 1
      else if (first === ']' || first === '}') depth -= 1
      else if (first === '"' || first === "'") this.#quoted(first)
      else if (first === '#' || token.trim() === '') this.#blank(from)
    }
  }

  #quoted(quote: '"' | "'"): void {
    while (this.#at < this.#text.length) {
      const from = this.#at
      const token = this.#next(quote)
      if (token === quote) return
      if (token.trim() === '') this.#blank(from)
    }
  }

  #blank(from: number): void {
    if (this.#isMarker(this.#at)) {
      this.#at = this.#text.length
      return
    }
    this.#joined += this.#text.slice(this.#done, from) + ' '.repeat(this.#at - from)
    this.#done = this.#at
  }

  /** Whether a document ends or begins here, at the start of a line. */
  #isMarker(at: number): boolean {
    marker.lastIndex = at
    return marker.test(this.#text) && /[\r\n]/.test(this.#text.charAt(at - 1))
  }
}
