/** A piece of TypeScript that is yet to be laid out: an expression, as far as pipelines need them. */
export type Code = TextCode | RawCode | NameCode | TemplateCode | ListCode | ObjectCode | CallCode

interface Common {
  /** What it is, where it may get a name of its own. */
  readonly part?: Part
  /** Lines that stand above it. */
  readonly comments?: readonly string[]
}

/** What can be given a name when it repeats, and a name that would say what it is. */
export interface Part {
  readonly sort: 'job' | 'step' | 'config' | 'image' | 'data' | 'script'
  readonly hint: string
  /** Whether the hint says nothing of what this one is for. */
  readonly isVague?: true
}

/** A text whose type is any text. */
export interface TextCode extends Common {
  readonly kind: 'text'
  readonly value: string
}

/** Numbers, flags and texts of few choices, as they are written. */
export interface RawCode extends Common {
  readonly kind: 'raw'
  readonly code: string
}

/** A constant of the file. */
export interface NameCode extends Common {
  readonly kind: 'name'
  readonly name: string
}

/** A text with parameters of the function round it: `{name}` stands for one. */
export interface TemplateCode extends Common {
  readonly kind: 'template'
  readonly parts: readonly (string | NameCode)[]
}

export interface ListCode extends Common {
  readonly kind: 'list'
  readonly items: readonly Code[]
}

export interface ObjectCode extends Common {
  readonly kind: 'object'
  readonly entries: readonly Entry[]
}

/** An entry of an object; without a key, all entries of the value. */
export interface Entry {
  readonly key?: string
  readonly value: Code
}

export interface CallCode extends Common {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Code[]
}

export function text(value: string): TextCode {
  return { kind: 'text', value }
}

export function raw(value: number | boolean | null): RawCode {
  return { kind: 'raw', code: String(value) }
}

export function name(identifier: string): NameCode {
  return { kind: 'name', name: identifier }
}

export function list<T>(items: readonly T[], codeOf: (item: T) => Code): ListCode {
  return { kind: 'list', items: items.map(codeOf) }
}

export function object(fields: Readonly<Record<string, Code | undefined>>): ObjectCode {
  const entries = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value }]
  )
  return { kind: 'object', entries }
}

/** A call; trailing arguments that say nothing are left out. */
export function call(callee: string, ...args: readonly (Code | undefined)[]): CallCode {
  const said = args.slice(
    0,
    args.findLastIndex(argument => argument !== undefined && !isEmptyObject(argument)) + 1
  )
  return {
    kind: 'call',
    name: callee,
    args: said.map(argument => argument ?? { kind: 'raw', code: 'undefined' })
  }
}

function isEmptyObject(code: Code): boolean {
  return code.kind === 'object' && code.entries.length === 0
}

export function withoutComments(code: Code): Code {
  const { comments, ...bare } = code
  return comments === undefined ? code : bare
}

/** The code of a value that may be absent. */
export function optional<T>(value: T | undefined, codeOf: (value: T) => Code): Code | undefined {
  return value === undefined ? undefined : codeOf(value)
}

/** The pieces directly inside of one. */
export function childrenOf(code: Code): readonly Code[] {
  switch (code.kind) {
    case 'list':
      return code.items
    case 'object':
      return code.entries.map(({ value }) => value)
    case 'call':
      return code.args
    case 'template':
      return code.parts.filter(part => typeof part !== 'string')
    case 'text':
    case 'raw':
    case 'name':
      return []
    default:
      return code satisfies never
  }
}

/** The same piece with others directly inside of it. */
export function withChildren(code: Code, change: (child: Code) => Code): Code {
  switch (code.kind) {
    case 'list':
      return { ...code, items: code.items.map(change) }
    case 'object':
      return { ...code, entries: code.entries.map(entry => ({ ...entry, value: change(entry.value) })) }
    case 'call':
      return { ...code, args: code.args.map(change) }
    case 'template':
    case 'text':
    case 'raw':
    case 'name':
      return code
    default:
      return code satisfies never
  }
}
