import { missingIndex, PatchError, wrongMatches } from './patch-error.ts'
import type { Modifier, Pointer } from './pointer.ts'
import { isMap, type Value } from './value.ts'

/** Where in an array: on an item, or in the gap before it. */
export interface Position {
  readonly index: number
  readonly gap: boolean
}

/** The item that an index and `:prev`, `:next` name; negative indices count from the end. */
export function itemAt(
  start: number,
  modifiers: readonly Modifier[],
  list: readonly Value[],
  path: Pointer
): number {
  let index = start
  for (const modifier of modifiers) {
    if (modifier === 'before' || modifier === 'after') {
      throw new PatchError(
        `Expected to find one of the following modifiers: 'prev', 'next', but found modifier '${goModifier(modifier)}'`,
        path
      )
    }
    index += modifier === 'next' ? 1 : -1
  }
  if (index >= list.length || -index - 1 >= list.length) throw missingIndex(index, list.length, path)
  return index < 0 ? list.length + index : index
}

/** As `itemAt`, and `:before` or `:after` as the last modifier names a gap. */
export function positionAt(
  start: number,
  modifiers: readonly Modifier[],
  list: readonly Value[],
  path: Pointer
): Position {
  const end = modifiers.findIndex(modifier => modifier === 'before' || modifier === 'after')
  if (end < 0) return { index: itemAt(start, modifiers, list, path), gap: false }
  const last = modifiers[end] === 'before' ? 'before' : 'after'
  const extra = modifiers[end + 1]
  if (extra !== undefined) {
    throw new PatchError(
      `Expected to not find any modifiers after '${last}' modifier, but found modifier '${goModifier(extra)}'`,
      path
    )
  }
  const index = itemAt(start, modifiers.slice(0, end), list, path)
  return { index: last === 'after' ? index + 1 : index, gap: true }
}

/** The one item whose `key` has that text as its value; undefined where an optional part finds none. */
export function matchIn(
  list: readonly Value[],
  token: { readonly key: string; readonly value: string; readonly optional: boolean },
  path: Pointer
): number | undefined {
  const found: number[] = []
  for (const [index, item] of list.entries()) {
    if (isMap(item) && item[token.key] === token.value) found.push(index)
  }
  if (found.length === 0 && token.optional) return undefined
  const [only] = found
  if (only === undefined || found.length > 1) throw wrongMatches(found.length, path)
  return only
}

function goModifier(modifier: Modifier): string {
  return `patch.${modifier.charAt(0).toUpperCase()}${modifier.slice(1)}Modifier`
}
