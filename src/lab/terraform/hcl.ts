import { UserError } from '../../core/errors.ts'

/** The right side of an assignment. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  /** Parts of text, and references between them. */
  | { readonly kind: 'template'; readonly parts: readonly (string | readonly string[])[] }
  | { readonly kind: 'reference'; readonly path: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Expression>> }

/** `resource "lab_network" "default" { … }` */
export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly attributes: Readonly<Record<string, Expression>>
  /** Blocks inside it. */
  readonly blocks: readonly Block[]
  readonly file: string
  readonly line: number
}

/**
 * Reads as much of Terraform's language as an environment of the lab needs: blocks, text with `${…}`, numbers, lists, maps and
 * references, without functions and operators. Throws a UserError with file and line for anything else.
 */
export function parseHcl(text: string, file: string): readonly Block[] {
  return new Parser(text, file).body().blocks
}

interface Token {
  readonly text: string
  readonly line: number
}

const tokenPattern =
  /"(?:\\.|\$\{[^}]*\}|[^"\\])*"|#.*|\/\/.*|[A-Za-z_][\w-]*|-?\d+(?:\.\d+)?|[{}[\]=,.()]|\n|[^\s]/g

class Parser {
  readonly #tokens: readonly Token[]
  readonly #file: string
  #at = 0

  constructor(text: string, file: string) {
    this.#file = file
    let line = 1
    const tokens: Token[] = []
    for (const [found] of text.matchAll(tokenPattern)) {
      if (found === '\n') line += 1
      else if (!found.startsWith('#') && !found.startsWith('//')) tokens.push({ text: found, line })
    }
    this.#tokens = tokens
  }

  body(end?: string): Pick<Block, 'attributes' | 'blocks'> {
    const attributes: Record<string, Expression> = {}
    const blocks: Block[] = []
    while (this.#peek() !== end) {
      const { text: name, line } = this.#take('a name')
      if (!/^[A-Za-z_]/.test(name)) throw this.#wrong(name, line, 'a name')
      if (this.#peek() === '=') {
        this.#at += 1
        attributes[name] = this.#expression()
      } else {
        blocks.push(this.#block(name, line))
      }
    }
    return { attributes, blocks }
  }

  #block(type: string, line: number): Block {
    const labels: string[] = []
    for (let token = this.#take('{'); token.text !== '{'; token = this.#take('{')) {
      if (!token.text.startsWith('"')) throw this.#wrong(token.text, token.line, '{')
      labels.push(token.text.slice(1, -1))
    }
    const body = this.body('}')
    this.#at += 1
    return { type, labels, ...body, file: this.#file, line }
  }

  #expression(): Expression {
    const { text, line } = this.#take('a value')
    if (text.startsWith('"')) return { kind: 'template', parts: this.#templateParts(text, line) }
    if (text === '[') return { kind: 'list', items: this.#listItems() }
    if (text === '{') return { kind: 'map', entries: this.#mapEntries() }
    if (/^-?\d/.test(text)) return { kind: 'literal', value: Number(text) }
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' }
    if (text === 'null') return { kind: 'literal', value: null }
    if (!/^[A-Za-z_]/.test(text)) throw this.#wrong(text, line, 'a value')
    const path = [text]
    while (this.#peek() === '.') {
      this.#at += 1
      path.push(this.#take('a name').text)
    }
    // The type of a variable may be written as a call: `list(string)`.
    if (this.#peek() === '(') while (this.#take(')').text !== ')');
    return { kind: 'reference', path }
  }

  #listItems(): readonly Expression[] {
    const items: Expression[] = []
    while (this.#peek() !== ']') {
      items.push(this.#expression())
      if (this.#peek() === ',') this.#at += 1
    }
    this.#at += 1
    return items
  }

  #mapEntries(): Readonly<Record<string, Expression>> {
    const entries: Record<string, Expression> = {}
    while (this.#peek() !== '}') {
      const key = this.#take('a key').text.replace(/^"|"$/g, '')
      const { text, line } = this.#take('=')
      if (text !== '=') throw this.#wrong(text, line, '=')
      entries[key] = this.#expression()
      if (this.#peek() === ',') this.#at += 1
    }
    this.#at += 1
    return entries
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.text
  }

  #take(expected: string): Token {
    const token = this.#tokens[this.#at]
    if (token === undefined)
      throw this.#wrong('the end of the file', this.#tokens.at(-1)?.line ?? 1, expected)
    this.#at += 1
    return token
  }

  #wrong(found: string, line: number, expected: string): UserError {
    return new UserError('findings', `${this.#file}:${line}: found ${found}, expected ${expected}`, {
      hint: 'write it in the simple form that the lab reads, without functions and operators'
    })
  }

  #templateParts(quoted: string, line: number): readonly (string | readonly string[])[] {
    const parts = quoted.slice(1, -1).split(/(\$\{[^}]*\})/)
    return parts.flatMap((part): (string | readonly string[])[] => {
      if (part === '') return []
      if (!part.startsWith('${')) return [part.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1')]
      const [, reference] = /^\$\{\s*([\w.-]+)\s*\}$/.exec(part) ?? []
      if (reference === undefined) throw this.#wrong(part, line, 'a reference')
      return [reference.split('.')]
    })
  }
}
