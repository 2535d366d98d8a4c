/** A `((var))` that Concourse resolves at run time, from its credential manager. The only form a secret may take. */
export interface Variable {
  readonly variable: string
}

/** Names a var: `path`, `path.field` or `source:path.field` (https://concourse-ci.org/vars.html). */
export function variable(path: string): Variable {
  return { variable: path }
}

export function isVariable(value: unknown): value is Variable {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 1 && 'variable' in value
}

/** The text that Concourse reads: `((path))`. */
export function variableText(value: Variable): string {
  return `((${value.variable}))`
}
