import type { Release } from './release.ts'

/** A value of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * What a shape looks like from outside: enough to write its TypeScript type, its JSON Schema and its page without
 * reading a value.
 */
export type Form =
  /** A value that stands alone: its TypeScript type, its JSON Schema, and words for the page. */
  | {
      readonly kind: 'scalar'
      readonly type: string
      readonly schema: JsonSchema
      readonly words: string
    }
  /** Free-form data. */
  | { readonly kind: 'data' }
  | { readonly kind: 'list'; readonly item: Form }
  | { readonly kind: 'map'; readonly value: Form }
  | { readonly kind: 'either'; readonly forms: readonly Form[] }
  | ObjectForm
  /** Any step, with the modifiers round it. */
  | { readonly kind: 'step' }

export interface ObjectForm {
  readonly kind: 'object'
  /** Of the TypeScript interface. */
  readonly name: string
  readonly doc: string
  readonly keys: readonly KeyForm[]
}

/** One row of the schema: a key and all that is known of it. */
export interface KeyForm {
  readonly key: string
  readonly form: Form
  readonly doc: string
  readonly isRequired: boolean
  /** What Concourse takes where the key is absent, as it would be written. */
  readonly default?: string
  /** The first release that knows the key; all that causeway knows of where absent. */
  readonly since?: Release
  /** Why not to use it, and what instead. */
  readonly deprecated?: string
}
