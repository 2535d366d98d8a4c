import type { Form, JsonSchema, KeyForm } from '../../src/concourse/form.ts'
import type { Json, JsonObject } from '../../src/concourse/model.ts'
import { pipeline } from '../../src/concourse/schema-pipeline.ts'
import { coreForms, modifierRows } from '../../src/concourse/shape-step.ts'

/** A row of the tables, and a pipeline with the object that the row is of. */
export interface PlacedRow {
  /** What the object is called, e.g. `Job` or `get step`. */
  readonly of: string
  readonly row: KeyForm
  /** What the object needs besides, so that it can be read. */
  readonly beside: JsonObject
  /** The pipeline that holds the object. */
  readonly within: (object: JsonObject) => JsonObject
}

/** Every row there is, each once: of objects, steps and modifiers, wherever they stand. */
export function allRows(): readonly PlacedRow[] {
  const rows: PlacedRow[] = []
  const seen = new Set<string>()
  const add = (of: string, table: readonly KeyForm[], within: PlacedRow['within'], host = {}): void => {
    if (seen.has(of)) return
    seen.add(of)
    for (const row of table) {
      // Steps alone would be a list, which is the shorter way to say the same.
      const more = of === 'Branches' && row.key === 'steps' ? { limit: 2 } : {}
      const beside: JsonObject = { ...host, ...more, ...neededBy(table, row.key) }
      rows.push({ of, row, beside, within })
      walk(row.form, value => within({ ...beside, [row.key]: value }))
    }
  }
  const walk = (form: Form, within: (value: Json) => JsonObject): void => {
    if (form.kind === 'list') walk(form.item, value => within([value]))
    if (form.kind === 'map') walk(form.value, value => within({ a: value }))
    if (form.kind === 'either') for (const one of form.forms) walk(one, within)
    if (form.kind === 'object') add(form.name, form.keys, within)
    if (form.kind === 'step') {
      for (const core of coreForms) add(`${core.kind} step`, core.rows, within)
      // fail_fast is of across. A do has no time-out of its own, so that there it is the modifier.
      const [across, others] = [modifierRows.filter(isOfAcross), modifierRows.filter(row => !isOfAcross(row))]
      add('modifiers', others, within, { do: [{ get: 'a' }] })
      add('across', across, within, { do: [{ get: 'a' }], across: [{ var: 'a' }] })
    }
  }
  walk(pipeline.form, value => value as JsonObject)
  return rows
}

function isOfAcross({ key }: KeyForm): boolean {
  return key === 'across' || key === 'fail_fast'
}

function neededBy(table: readonly KeyForm[], besides: string): JsonObject {
  const needed = table.filter(({ key, isRequired }) => isRequired && key !== besides)
  return Object.fromEntries(needed.map(({ key, form }) => [key, sampleOf(form, { get: 'a' }) as Json]))
}

/** A value of a form; `step` is what stands where a step is wanted. */
export function sampleOf(form: Form, step: unknown): unknown {
  switch (form.kind) {
    case 'scalar':
      return sampleOfSchema(form.schema)
    case 'data':
      return { a: 1 }
    case 'list':
      return [sampleOf(form.item, step)]
    case 'map':
      return { a: sampleOf(form.value, step) }
    case 'either':
      // Not the words, but the list or map that may stand in their place.
      return sampleOf(form.forms.find(({ kind }) => kind !== 'scalar') ?? { kind: 'data' }, step)
    case 'object': {
      const needed = form.keys.filter(row => row.isRequired)
      return Object.fromEntries(needed.map(row => [row.key, sampleOf(row.form, step)]))
    }
    case 'step':
      return step
    default:
      return form satisfies never
  }
}

function sampleOfSchema({ type, enum: words, const: word, anyOf, pattern }: JsonSchema): unknown {
  if (word !== undefined) return word
  if (Array.isArray(words)) return words[0]
  if (Array.isArray(anyOf)) return sampleOfSchema(anyOf[0] as JsonSchema)
  if (pattern !== undefined) return '((a))'
  if (type === 'boolean') return true
  return type === 'integer' ? 2 : '1h'
}
