/**
 * What hangs on parts of a pipeline and is no part of their data: it can't be enumerated, so it is neither copied nor
 * emitted. (A WeakMap would do the same, and cost the garbage collector a multiple.)
 */
export class Hidden<T> {
  readonly #key: symbol

  /** `name` is for who looks with a debugger. */
  constructor(name: string) {
    this.#key = Symbol(name)
  }

  set(part: object, value: T): void {
    Object.defineProperty(part, this.#key, { value })
  }

  get(part: object): T | undefined {
    return (part as Readonly<Record<symbol, T | undefined>>)[this.#key]
  }
}
