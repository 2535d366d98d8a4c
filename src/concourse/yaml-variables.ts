import { messageOf, UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { interpolate, type Resolve } from './interpolate.ts'
import { isList, isMap } from './json.ts'
import type { Json } from './model.ts'
import type { Entry, Remark, YamlNode } from './yaml-node.ts'

/**
 * Puts values in the place of vars, as fly does before it looks at what the document means; what it puts there stands
 * where the var stood. Vars without a value stay, and so do those whose value can't stand there, of which `report` is
 * told (concourse v8.3, vars/template.go).
 */
export function fillVariables(node: YamlNode, resolve: Resolve, report: (remark: Remark) => void): YamlNode {
  const filled = (text: string, at: number): Json => {
    try {
      return interpolate(text, resolve)
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown
      const message = messageOf(thrown)
      report({ code: 'var-value', severity: 'error', message, ...given('hint', thrown.hint), at })
      return text
    }
  }
  const fill = (part: YamlNode): YamlNode => {
    if (part.kind === 'scalar') {
      if (typeof part.value !== 'string' || !part.value.includes('((')) return part
      const value = filled(part.value, part.at)
      return value === part.value ? part : nodeOf(value, part.at)
    }
    if (part.kind === 'list') return { ...part, items: part.items.map(fill) }
    const entries = new Map<string, Entry>()
    for (const [key, { value, at }] of part.entries) {
      const name = key.includes('((') ? keyText(filled(key, at)) : key
      entries.set(name, { value: fill(value), at })
    }
    return { ...part, entries }
  }
  return fill(node)
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
