import { interpolate, type Resolve } from './interpolate.ts'
import { isList, isMap } from './json.ts'
import type { Json } from './model.ts'
import type { Entry, YamlNode } from './yaml-node.ts'

/**
 * Puts values in the place of vars, as fly does before it looks at what the document means; what it puts there stands
 * where the var stood. Vars without a value stay (concourse v8.3, vars/template.go). Throws a UserError where a list
 * or map would stand within a text.
 */
export function fillVariables(node: YamlNode, resolve: Resolve): YamlNode {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || !node.value.includes('((')) return node
    const value = interpolate(node.value, resolve)
    return value === node.value ? node : nodeOf(value, node.at)
  }
  if (node.kind === 'list') return { ...node, items: node.items.map(item => fillVariables(item, resolve)) }
  const entries = new Map<string, Entry>()
  for (const [key, { value, at }] of node.entries) {
    const name = key.includes('((') ? keyText(interpolate(key, resolve)) : key
    entries.set(name, { value: fillVariables(value, resolve), at })
  }
  return { ...node, entries }
}

function keyText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function nodeOf(value: Json, at: number): YamlNode {
  if (isList(value)) return { kind: 'list', items: value.map(item => nodeOf(item, at)), at }
  if (!isMap(value)) return { kind: 'scalar', value, written: String(value), at }
  const entries = Object.entries(value).map(([key, item]) => [key, { value: nodeOf(item, at), at }] as const)
  return { kind: 'map', entries: new Map(entries), remarks: [], at }
}
