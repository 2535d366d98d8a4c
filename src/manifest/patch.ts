import { find } from './find.ts'
import { asList, asMap, missingKey, PatchError } from './patch-error.ts'
import { printPointer, type Pointer, type Token } from './pointer.ts'
import { itemAt, matchIn, positionAt, type Position } from './positions.ts'
import { isEqual, type Value } from './value.ts'

/** One operation of an ops file (cppforlife/go-patch, docs/examples.md). */
export type Operation =
  | { readonly kind: 'replace'; readonly path: Pointer; readonly value: Value }
  | { readonly kind: 'remove'; readonly path: Pointer }
  | { readonly kind: 'test'; readonly path: Pointer; readonly value: Value }
  | { readonly kind: 'test-absent'; readonly path: Pointer }

/**
 * The document after one operation. The document is changed in place where that is possible, so callers hand over a
 * copy of their own. Throws a PatchError where the path does not fit.
 */
export function applyOperation(document: Value, operation: Operation): Value {
  switch (operation.kind) {
    case 'replace':
      return replaceIn(document, operation.path, 0, structuredClone(operation.value))
    case 'remove':
      if (operation.path.length === 0) throw new PatchError('Cannot remove entire document', [])
      return removeIn(document, operation.path, 0)
    case 'test':
      if (isEqual(find(document, operation.path), operation.value)) return document
      throw new PatchError('Found value does not match expected value', operation.path)
    case 'test-absent':
      expectAbsent(document, operation.path)
      return document
  }
}

function replaceIn(node: Value, path: Pointer, depth: number, value: Value): Value {
  const token = path[depth]
  if (token === undefined) return value
  const here = path.slice(0, depth + 1)
  const last = depth === path.length - 1
  switch (token.kind) {
    case 'key': {
      const map = asMap(node, here)
      const known = Object.hasOwn(map, token.key)
      if (!known && !token.optional) throw missingKey(token.key, here, map)
      const child = known ? (map[token.key] ?? null) : last ? null : emptyFor(path, depth)
      map[token.key] = replaceIn(child, path, depth + 1, value)
      return map
    }
    case 'after-last': {
      const list = asList(node, here)
      list.push(value)
      return list
    }
    case 'index': {
      const list = asList(node, here)
      return replaceItem(list, token.index, token, path, depth, value)
    }
    case 'match': {
      const list = asList(node, here)
      const index = matchIn(list, token, here)
      if (index !== undefined) return replaceItem(list, index, token, path, depth, value)
      list.push(replaceIn({ [token.key]: token.value }, path, depth + 1, value))
      return list
    }
  }
}

function replaceItem(
  list: Value[],
  index: number,
  { modifiers }: Extract<Token, { modifiers: unknown }>,
  path: Pointer,
  depth: number,
  value: Value
): Value[] {
  const here = path.slice(0, depth + 1)
  if (depth === path.length - 1) return put(list, positionAt(index, modifiers, list, here), value)
  const item = itemAt(index, modifiers, list, here)
  list[item] = replaceIn(list[item] ?? null, path, depth + 1, value)
  return list
}

function put(list: Value[], position: Position, value: Value): Value[] {
  list.splice(position.index, position.gap ? 0 : 1, value)
  return list
}

/** What an absent optional key becomes, judged by the part of the path that follows. */
function emptyFor(path: Pointer, depth: number): Value {
  const next = path[depth + 1]
  if (next?.kind === 'after-last' || next?.kind === 'match') return []
  if (next?.kind === 'key') return {}
  const until = path.slice(0, depth + 2)
  throw new PatchError(
    `Expected to find key, matching index or after last index token at path '${printPointer(until)}'`,
    until
  )
}

function removeIn(node: Value, path: Pointer, depth: number): Value {
  const token = path[depth]
  if (token === undefined) return node
  const here = path.slice(0, depth + 1)
  switch (token.kind) {
    case 'key': {
      const map = asMap(node, here)
      if (!Object.hasOwn(map, token.key)) {
        if (token.optional) return map
        throw missingKey(token.key, here, map)
      }
      if (depth === path.length - 1) Reflect.deleteProperty(map, token.key)
      else map[token.key] = removeIn(map[token.key] ?? null, path, depth + 1)
      return map
    }
    case 'index':
    case 'match': {
      const list = asList(node, here)
      const start = token.kind === 'index' ? token.index : matchIn(list, token, here)
      if (start === undefined) return list
      const item = itemAt(start, token.modifiers, list, here)
      if (depth === path.length - 1) list.splice(item, 1)
      else list[item] = removeIn(list[item] ?? null, path, depth + 1)
      return list
    }
    case 'after-last':
      throw new PatchError(
        `Expected to not find token 'patch.AfterLastIndexToken' at path '${printPointer(here)}'`,
        here
      )
  }
}

function expectAbsent(document: Value, path: Pointer): void {
  try {
    find(document, path)
  } catch (thrown) {
    if (thrown instanceof PatchError && thrown.absent && thrown.path === printPointer(path)) return
    throw thrown
  }
  throw new PatchError(`Expected to not find '${printPointer(path)}'`, path)
}
