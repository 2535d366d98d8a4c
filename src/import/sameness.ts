import { childrenOf, type Code } from './code.ts'
import { fitsLines } from './literal.ts'

/** Numbers for pieces of code: the same for the same code, comments aside. */
export class Sameness {
  readonly #numbers = new Map<string, number>()
  readonly #known = new WeakMap<Code, number>()
  readonly #keyOfText: (value: string) => string

  /** `isShape`: short texts are all alike. */
  constructor(isShape = false) {
    this.#keyOfText = isShape ? value => (fitsLines(value) ? value : '') : value => value
  }

  numberOf(code: Code): number {
    const known = this.#known.get(code)
    if (known !== undefined) return known
    const key = JSON.stringify([
      code.kind,
      code.part?.sort,
      ...this.#own(code),
      ...childrenOf(code).map(child => this.numberOf(child))
    ])
    const number = this.#numbers.get(key) ?? this.#numbers.size
    this.#numbers.set(key, number)
    this.#known.set(code, number)
    return number
  }

  /** What a piece says besides the pieces in it. */
  #own(code: Code): readonly unknown[] {
    switch (code.kind) {
      case 'text':
        return [this.#keyOfText(code.value)]
      case 'raw':
        return [code.code]
      case 'name':
      case 'call':
        return [code.name]
      case 'object':
        return [code.entries.map(({ key }) => key ?? null)]
      case 'template':
        return [code.parts.map(part => (typeof part === 'string' ? part : null))]
      case 'list':
        return []
      default:
        return code satisfies never
    }
  }
}
