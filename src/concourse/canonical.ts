import type { Form, KeyForm } from './form.ts'
import { keepingOf } from './go-keeping.ts'
import { writeGoYaml } from './go-yaml-writer.ts'
import { isList, isMap } from './json.ts'
import type { Json, JsonObject, Pipeline } from './model.ts'
import { plainData } from './plain-data.ts'
import type { Release } from './release.ts'
import { pipeline as pipelineShape } from './schema-pipeline.ts'
import { coreForms, modifierRows } from './shape-step.ts'

/**
 * The pipeline as `fly format-pipeline` prints it, byte for byte: what Concourse keeps of it, in Go's order. Throws a
 * FindingsError for what YAML or Concourse can't hold; `target` is its release, the newest where absent.
 */
export function canonicalPipeline(pipeline: Pipeline, target?: Release): string {
  const kept = asKept(pipelineShape.form, plainData(pipelineShape, pipeline, target))
  return writeGoYaml(isMap(kept) ? kept : {})
}

/** A value as it comes out of the structs of Concourse. */
function asKept(form: Form, value: Json): Json {
  switch (form.kind) {
    case 'scalar':
    case 'data':
      return value
    case 'list':
      return isList(value) ? value.map(item => asKept(form.item, item)) : value
    case 'map':
      return isMap(value) ? mapped(value, item => asKept(form.value, item)) : value
    case 'either': {
      const meant = form.forms.find(({ kind }) => (isList(value) ? kind === 'list' : kind === 'object'))
      return meant === undefined ? value : asKept(meant, value)
    }
    case 'object':
      return isMap(value) ? keysKept(form.name, form.keys, value) : value
    case 'step':
      return isMap(value) ? stepKept(value) : value
    default:
      return form satisfies never
  }
}

function keysKept(owner: string, rows: readonly KeyForm[], value: JsonObject): JsonObject {
  return Object.fromEntries(
    rows.flatMap(row => {
      const kept = keepingOf(owner, row)(value[row.key])
      return kept === undefined ? [] : [[row.key, asKept(row.form, kept)] as const]
    })
  )
}

function stepKept(step: JsonObject): JsonObject {
  const core = coreForms.find(({ kind }) => kind in step)
  const rows = core?.rows ?? []
  const own = new Set(rows.map(row => row.key))
  const round = modifierRows.filter(row => !own.has(row.key))
  return { ...keysKept(core?.kind ?? '', rows, step), ...keysKept('modifiers', round, step) }
}

function mapped(map: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))
}
