import type { Severity } from '../core/finding.ts'
import type { Form } from './form.ts'
import type { Json } from './model.ts'
import type { Release } from './release.ts'
import type { YamlNode } from './yaml-node.ts'

/**
 * How one kind of value stands in YAML: one description from which it is read, written, typed and documented, so that
 * what is written can be read. Tables of shapes make up the schema; a new key is one row there.
 */
export interface Shape<T> {
  /** What a finding says was expected, e.g. `true or false`. */
  readonly expected: string
  readonly form: Form
  /** The value; undefined where a finding was reported that leaves none. */
  read(node: YamlNode, path: string, reading: Reading): T | undefined
  /** Plain data in the order of the page. Reports what YAML or Concourse can't hold. */
  write(value: T, path: string, problems: Problems): Json
}

export interface Problem {
  readonly code: string
  /** @default 'error' */
  readonly severity?: Severity
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** Offset into the text, where there is one. */
  readonly at?: number
  /** How many like it there are besides, that are not told. */
  readonly more?: number
}

/** Gathers what is wrong, so that all of it is told at once. */
export interface Problems {
  /** The release that the pipeline is meant for. */
  readonly target: Release
  report(problem: Problem): void
}

export interface Reading extends Problems {
  /** Remembers where the value with this path stands in the text. */
  place(path: string, at: number): void
  /** Whether the key at the top of the page that begins there holds anchors for what is elsewhere on the page. */
  lendsAnchors(at: number): boolean
}

/** Reports that a value is not what was expected, and says so plainly where a var stands in for it. */
export function reportWrongType(node: YamlNode, expected: string, path: string, reading: Reading): void {
  const { at } = node
  if (node.kind === 'scalar' && typeof node.value === 'string' && /^\(\(.*\)\)$/s.test(node.value)) {
    const message = `found ${node.value}, expected ${expected}: Concourse resolves no var here`
    const hint = 'write the value itself, or resolve the var before the pipeline is set'
    reading.report({ code: 'unresolved-var', path, message, hint, at })
  } else {
    reading.report({ code: 'wrong-type', path, message: `found ${describe(node)}, expected ${expected}`, at })
  }
}

/** What a finding says was found. */
export function describe(node: YamlNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`
  const { value, written } = node
  if (typeof value === 'string') return `the text ${shortened(JSON.stringify(value))}`
  if (value === null) return 'nothing'
  const kind = typeof value === 'number' ? 'the number ' : ''
  return written === String(value)
    ? `${kind}${written}`
    : `${written}, which YAML 1.1 reads as ${kind}${value}`
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text
}
