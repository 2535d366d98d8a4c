import type { Json, JsonObject } from './model.ts'
import { mapOf } from './shape-collections.ts'
import type { Reading, Shape } from './shape.ts'
import { checkNumber, checkText, isKept } from './shape-scalars.ts'
import type { ScalarNode } from './yaml-node.ts'

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
    else reportSurprise(node, path, reading)
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

const plainWords = new Set(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'])

/** What is written without quotes and read as something else, so that `1.10` becomes `1.1` and `on` becomes `true`. */
function reportSurprise({ value, written, at }: ScalarNode, path: string, reading: Reading): void {
  const isPlain = value === null || written === String(value) || plainWords.has(written)
  // Of numbers that are not kept, number-range tells.
  if (isPlain || (typeof value === 'number' && !isKept(value))) return
  reading.report({
    code: 'yaml-surprise',
    severity: 'warning',
    path,
    message: `found ${written}, which YAML 1.1 reads as ${JSON.stringify(value)}`,
    hint: `write "${written}" if text is meant, else ${JSON.stringify(value)}`,
    at
  })
}

export const jsonObject: Shape<JsonObject> = mapOf(json)

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
