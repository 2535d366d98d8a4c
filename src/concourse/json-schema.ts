import type { Form, JsonSchema, KeyForm, ObjectForm } from './form.ts'
import { isBefore, newestRelease, type Release } from './release.ts'
import { titleOf } from './schema-page.ts'
import { pipeline } from './schema-pipeline.ts'
import { taskConfig } from './schema-task.ts'
import { coreForms, modifierRows } from './shape-step.ts'

/** The files that Concourse reads. */
export type FileKind = 'pipeline' | 'task'

export interface JsonSchemaOptions {
  /** @default 'pipeline' */
  readonly of?: FileKind
  /** Keys that came after it are left out. @default the newest release that the tables describe */
  readonly target?: Release
}

/**
 * The tables as JSON Schema of draft 7, which editors know: closed but for free-form data and, in a pipeline, for keys
 * that hold anchors (`x-…`, `.…`), which fly drops. A key that may be left out may also stand without a value. What the
 * reader takes with a warning, such as a number for a name, the schema refuses.
 */
export function jsonSchema({ of = 'pipeline', target = newestRelease }: JsonSchemaOptions = {}): JsonSchema {
  const writer = new SchemaWriter(target)
  const { form } = of === 'pipeline' ? pipeline : taskConfig
  const root = form.kind === 'object' ? writer.closed(titleOf(form.name), form.doc, form.keys) : {}
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:causeway:concourse-${of}:${target}`,
    ...root,
    type: 'object',
    ...(of === 'pipeline' ? { patternProperties: { '^x-': true, '^\\.': true } } : {}),
    definitions: writer.definitions()
  }
}

type Properties = Readonly<Record<string, JsonSchema>>

/** Writes each object once, as a definition. */
class SchemaWriter {
  readonly #target: Release
  readonly #definitions = new Map<string, JsonSchema>()

  constructor(target: Release) {
    this.#target = target
  }

  definitions(): Properties {
    return Object.fromEntries([...this.#definitions].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /**
   * An object with these keys and no others. It lets null pass, so that whoever refers to it says whether nothing may
   * stand in its place: an `anyOf` would say so too, but make an editor's messages harder to read.
   */
  closed(title: string, doc: string, rows: readonly KeyForm[], others: Properties = {}): JsonSchema {
    const known = rows.filter(row => this.#isKnown(row))
    const required = known.filter(row => row.isRequired && row.default === undefined).map(row => row.key)
    return {
      title,
      description: doc,
      type: ['object', 'null'],
      properties: { ...Object.fromEntries(known.map(row => [row.key, this.#property(row)])), ...others },
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false
    }
  }

  #isKnown({ since }: Pick<KeyForm, 'since'>): boolean {
    return since === undefined || !isBefore(this.#target, since)
  }

  #property(row: KeyForm): JsonSchema {
    const schema = described(this.#schemaOf(row.form), row)
    return row.isRequired && row.default === undefined ? schema : orNothing(schema)
  }

  #schemaOf(form: Form): JsonSchema {
    switch (form.kind) {
      case 'scalar':
        return form.schema
      case 'data':
        return {}
      case 'list':
        return { type: 'array', items: this.#schemaOf(form.item) }
      case 'map':
        return { type: 'object', additionalProperties: this.#schemaOf(form.value) }
      case 'either':
        return this.#either(form.forms)
      case 'object':
        return this.#reference(form.name, () => this.#objectOf(form))
      case 'step':
        return this.#reference('Step', () => this.#step())
      default:
        return form satisfies never
    }
  }

  #objectOf({ name, doc, keys }: ObjectForm): JsonSchema {
    return this.closed(titleOf(name), doc, keys)
  }

  /** Where a list may stand for more, what is wrong within it is told as if there were nothing else. */
  #either(forms: readonly Form[]): JsonSchema {
    const [list, other] = forms
    if (list?.kind === 'list' && other?.kind === 'object') {
      return { if: { type: 'array' }, then: this.#schemaOf(list), else: this.#schemaOf(other) }
    }
    return { anyOf: forms.map(form => this.#schemaOf(form)) }
  }

  #reference(name: string, define: () => JsonSchema): JsonSchema {
    if (!this.#definitions.has(name)) {
      // Holds the place, for an object may refer to itself.
      this.#definitions.set(name, {})
      this.#definitions.set(name, define())
    }
    // In this draft, what stands beside a reference is ignored.
    return { type: 'object', allOf: [{ $ref: `#/definitions/${name}` }] }
  }

  /**
   * Which step it is, is told by its key. As conditions, so that an editor tells what is wrong with the step that is
   * there, not with all those that it might have been. Two steps in one map are refused by each other.
   */
  #step(): JsonSchema {
    const cores = coreForms.filter(({ rows }) => rows[0] !== undefined && this.#isKnown(rows[0]))
    const isSome = { anyOf: cores.map(({ kind }) => having(kind)) }
    return {
      title: 'Step',
      description: 'What a plan does, and how: the keys of one step, and modifiers round it.',
      type: ['object', 'null'],
      allOf: [
        { if: isSome, else: { ...this.#noStep(cores.flatMap(({ rows }) => rows.slice(0, 1))), ...isSome } },
        ...cores.map(({ kind, form, rows }) => {
          this.#definitions.set(form.name, this.#oneStep(`${kind} step`, form.doc, rows))
          return { if: having(kind), then: { $ref: `#/definitions/${form.name}` } }
        })
      ]
    }
  }

  #oneStep(title: string, doc: string, rows: readonly KeyForm[]): JsonSchema {
    const own = new Set(rows.map(row => row.key))
    const round = modifierRows.filter(row => !own.has(row.key))
    return { ...this.closed(title, doc, rows, this.#modifiers(round)), ...failFastIsOfAcross }
  }

  /** Of a modifier that is there, Concourse wants the value. */
  #modifiers(rows: readonly KeyForm[]): Properties {
    const known = rows.filter(row => this.#isKnown(row))
    return Object.fromEntries(known.map(row => [row.key, described(this.#schemaOf(row.form), row)]))
  }

  /** For completion, and to name a misspelt key. */
  #noStep(ownKeys: readonly KeyForm[]): JsonSchema {
    const properties = ownKeys.map(row => [row.key, this.#property(row)] as const)
    return {
      properties: { ...Object.fromEntries(properties), ...this.#modifiers(modifierRows) },
      additionalProperties: false
    }
  }
}

/** Strict validators want to know a key that must be there. */
function having(key: string): JsonSchema {
  return { properties: { [key]: true }, required: [key] }
}

const failFastIsOfAcross = { dependencies: { fail_fast: ['across'] } }

function described(schema: JsonSchema, { doc, default: otherwise, since, deprecated }: KeyForm): JsonSchema {
  const parts = [
    doc,
    ...(otherwise === undefined ? [] : [`Default: ${otherwise}.`]),
    ...(since === undefined ? [] : [`Since Concourse ${since}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated: ${deprecated}.`])
  ]
  const value = otherwise === undefined ? undefined : defaultValue(schema, otherwise)
  return {
    description: parts.join(' '),
    ...schema,
    ...(value === undefined ? {} : { default: value }),
    ...(deprecated === undefined ? {} : { deprecated: true })
  }
}

/** A default that is a value; others are words, such as `the name`. */
function defaultValue({ type, anyOf }: JsonSchema, text: string): unknown {
  if (type === 'boolean') return text === 'true'
  if (type === 'integer' && /^[0-9]+$/.test(text)) return Number(text)
  if (type === 'array' && text === '[]') return []
  const words = Array.isArray(anyOf) ? (anyOf as readonly JsonSchema[]).flatMap(one => one['enum'] ?? []) : []
  return words.find(word => word === text)
}

/** The same, or a key without a value. */
function orNothing(schema: JsonSchema): JsonSchema {
  const { type, enum: words, anyOf } = schema
  if (Array.isArray(anyOf))
    return { ...schema, anyOf: [...(anyOf as readonly JsonSchema[]), { type: 'null' }] }
  if (type === undefined) return schema
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(words) ? { enum: [...(words as readonly unknown[]), null] } : {})
  }
}
