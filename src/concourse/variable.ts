/** A `((var))` that Concourse resolves at run time, from its credential manager. The only form a secret may take. */
export class Variable {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** The text that Concourse reads: `((path))`. A template literal makes it of a var, too. */
  toString(): string {
    return `((${this.#path}))`
  }
}

/** A var that an earlier step of the build gives its value, or an `across` round the step. */
export class LocalVariable extends Variable {
  /** Tells local vars from others to the compiler: some fields take no others. */
  readonly isLocal = true

  constructor(name: string) {
    super(`.:${name}`)
  }
}

/** Text, or a var in its place. */
export type Text = string | Variable

/** Names a var: `path`, `path.field` or `source:path.field` (https://concourse-ci.org/vars.html). */
export function variable(path: string): Variable {
  return new Variable(path)
}

/** Names a local var, or a field of one: `((.:name))`, `((.:name.field))`. */
export function localVariable(name: string): LocalVariable {
  return new LocalVariable(name)
}

export function isVariable(value: unknown): value is Variable {
  return value instanceof Variable
}

/** The text of what may be a var. */
export function textOf(value: Text): string {
  return String(value)
}
