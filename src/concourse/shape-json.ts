import type { Json, JsonObject } from './model.ts'
import type { Shape } from './shape.ts'
import { mapOf } from './shape-collections.ts'
import { checkNumber, checkText } from './shape-scalars.ts'

/** Free-form data, as in `source` and `params`; the keys keep the author's order. */
export const json: Shape<Json> = {
  expected: 'data',
  form: { kind: 'data' },
  read: (node, path, reading) => {
    if (node.kind === 'list') {
      return node.items.map((item, index) => json.read(item, `${path}[${index}]`, reading) ?? null)
    }
    if (node.kind === 'map') return jsonObject.read(node, path, reading)
    if (typeof node.value === 'number') checkNumber(node.value, path, reading, node.at)
    if (typeof node.value === 'string') checkText(node.value, path, reading, node.at)
    return node.value
  },
  write: (value, path, problems) => {
    if (typeof value === 'string') checkText(value, path, problems)
    else if (typeof value === 'number') checkNumber(value, path, problems)
    else if (isList(value)) return value.map((item, index) => json.write(item, `${path}[${index}]`, problems))
    else if (typeof value === 'object' && value !== null) return jsonObject.write(value, path, problems)
    return value
  }
}

export const jsonObject: Shape<JsonObject> = mapOf(json)

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
