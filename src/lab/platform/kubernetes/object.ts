import { at, isMap, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'

/** An object of the API. */
export type KubeObject = ValueMap

export function nameOf(object: KubeObject): string {
  return textAt(object, 'metadata', 'name') ?? ''
}

/** Empty for an object of the whole cluster. */
export function namespaceOf(object: KubeObject): string {
  return textAt(object, 'metadata', 'namespace') ?? ''
}

export function labelsOf(object: Value | undefined): Readonly<Record<string, string>> {
  const labels = at(object, 'metadata', 'labels')
  return isMap(labels)
    ? Object.fromEntries(
        Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      )
    : {}
}

/** The object with other values under some of its keys. */
export function withParts(object: KubeObject, parts: KubeObject): KubeObject {
  return { ...object, ...parts }
}

/** The object with some fields of its metadata replaced. */
export function withMetadata(object: KubeObject, fields: KubeObject): KubeObject {
  const metadata = at(object, 'metadata')
  return { ...object, metadata: { ...(isMap(metadata) ? metadata : {}), ...fields } }
}

/** JSON merge patch (RFC 7386): null takes a key away, lists are replaced whole. */
export function mergePatch(target: Value, patch: Value): Value {
  if (!isMap(patch)) return patch
  const result = new Map(Object.entries(isMap(target) ? target : {}))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key)
    else result.set(key, mergePatch(result.get(key) ?? null, value))
  }
  return Object.fromEntries(result)
}

/** A selector of labels or fields, such as `app=probe,tier!=db,run`. Throws for what is none. */
export function parseSelector(
  text: string
): (values: Readonly<Record<string, string | undefined>>) => boolean {
  const terms = text
    .split(',')
    .map(term => term.trim())
    .filter(term => term !== '')
    .map(term => {
      const [, key = '', operator, value = ''] = /^([\w./-]+)(?:\s*(!=|==?)\s*([\w.:-]*))?$/.exec(term) ?? []
      const absent = /^!([\w./-]+)$/.exec(term)?.[1]
      if (key === '' && absent === undefined) throw new Error(`unable to parse requirement: ${term}`)
      return (values: Readonly<Record<string, string | undefined>>): boolean => {
        if (absent !== undefined) return values[absent] === undefined
        if (operator === undefined) return values[key] !== undefined
        return operator === '!=' ? values[key] !== value : values[key] === value
      }
    })
  return values => terms.every(term => term(values))
}

/** Whether an object bears all the labels of a selector such as a service's. */
export function bears(object: KubeObject, selector: Value | undefined): boolean {
  if (!isMap(selector) || Object.keys(selector).length === 0) return false
  const labels = labelsOf(object)
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}

/** The number under a key, or another one where there is none. */
export function numberAt(value: Value, key: string, otherwise = 0): number {
  const found = at(value, key)
  return typeof found === 'number' ? found : otherwise
}
