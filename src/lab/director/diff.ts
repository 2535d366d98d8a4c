import { renderYaml } from '../../manifest/render-yaml.ts'
import { isEqual, isMap, textAt, type Value, type ValueMap } from '../../manifest/value.ts'

/** A line of YAML and what became of it: `added`, `removed`, or null for one that only says where. */
export type DiffLine = readonly [string, 'added' | 'removed' | null]

/** What differs between two manifests, as the Director shows it (bosh v283, manifest/changeset.rb). */
export function diff(before: ValueMap, after: ValueMap, depth = 0): readonly DiffLine[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap(key => diffKey(key, before[key] ?? null, after[key] ?? null, depth))
}

function diffKey(key: string, before: Value, after: Value, depth: number): readonly DiffLine[] {
  if (isEqual(before, after)) return []
  if (before === null) return lines({ [key]: after }, 'added', depth)
  if (after === null) return lines({ [key]: before }, 'removed', depth)
  if (isMap(before) && isMap(after)) {
    return [line(`${key}:`, null, depth), ...diff(before, after, depth + 1)]
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return [line(`${key}:`, null, depth), ...diffLists(before, after, depth)]
  }
  return [...lines({ [key]: before }, 'removed', depth), ...lines({ [key]: after }, 'added', depth)]
}

/** Entries with the same `name` are compared with each other, others as a whole. */
function diffLists(before: readonly Value[], after: readonly Value[], depth: number): readonly DiffLine[] {
  const isIn = (list: readonly Value[], entry: Value): boolean => list.some(other => isEqual(other, entry))
  const added = after.filter(entry => !isIn(before, entry))
  const removed = before.filter(entry => !isIn(after, entry))
  const partnerOf = (entry: Value): ValueMap | undefined =>
    removed.find(
      (other): other is ValueMap =>
        isMap(other) && textAt(other, 'name') !== undefined && other['name'] === textAt(entry, 'name')
    )
  const changed = added.flatMap(entry => {
    const partner = partnerOf(entry)
    if (partner === undefined || !isMap(entry)) return lines([entry], 'added', depth)
    return [...lines([{ name: entry['name'] ?? null }], null, depth), ...diff(partner, entry, depth + 1)]
  })
  const partners = added.map(partnerOf)
  const gone = removed.filter(entry => !partners.some(partner => partner === entry))
  return [...changed, ...(gone.length === 0 ? [] : lines(gone, 'removed', depth))]
}

function lines(value: Value, status: DiffLine[1], depth: number): readonly DiffLine[] {
  return renderYaml(value)
    .trimEnd()
    .split('\n')
    .map(text => line(text, status, depth))
}

function line(text: string, status: DiffLine[1], depth: number): DiffLine {
  return [`${'  '.repeat(depth)}${text}`, status]
}

/** The same manifest without the values of properties, which may be secret (bosh v283, manifest/redactor.rb). */
export function redact(manifest: ValueMap): ValueMap {
  const walk = (value: Value, isSecret: boolean): Value => {
    if (Array.isArray(value)) return value.map(item => walk(item, isSecret))
    if (isMap(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          walk(item, isSecret || key === 'properties' || key === 'env')
        ])
      )
    }
    return isSecret && value !== null ? '<redacted>' : value
  }
  return walk(manifest, false) as ValueMap
}
