import type { Scalar } from './yaml-scalar.ts'

/** A value of a YAML document and where it begins, as an offset into the text. */
export type YamlNode = ScalarNode | ListNode | MapNode

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly value: Scalar
  /** As it is written, without quotes: `yes` where the value is true. */
  readonly written: string
  readonly at: number
}

/** What YAML reads where nothing is written: null. */
export function emptyNode(at: number): ScalarNode {
  return { kind: 'scalar', value: null, written: '', at }
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly YamlNode[]
  readonly at: number
}

export interface MapNode {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
  /** What is odd about the keys. Told by whoever reads the map, since only then its path is known. */
  readonly remarks: readonly Remark[]
  readonly at: number
}

export interface Entry {
  readonly value: YamlNode
  /** Where the key begins. */
  readonly at: number
}

/** A comment, and where its `#` stands. */
export interface Comment {
  /** What follows the `#`, trimmed. */
  readonly text: string
  readonly at: number
}

/** A finding that does not know its path yet. */
export interface Remark {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint?: string
  readonly at: number
  /** How many like it there are besides, that are not told. */
  readonly more?: number
}
