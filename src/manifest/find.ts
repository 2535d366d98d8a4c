import { asList, asMap, missingKey, PatchError } from './patch-error.ts'
import { printPointer, type Pointer } from './pointer.ts'
import { itemAt, matchIn } from './positions.ts'
import type { Value } from './value.ts'

/** What a path names (cppforlife/go-patch, patch/find_op.go). Throws a PatchError where the document does not fit. */
export function find(document: Value, pointer: Pointer): Value {
  let node = document
  for (const [depth, token] of pointer.entries()) {
    const here = pointer.slice(0, depth + 1)
    switch (token.kind) {
      case 'key': {
        const map = asMap(node, here)
        if (Object.hasOwn(map, token.key)) node = map[token.key] ?? null
        else if (!token.optional) throw missingKey(token.key, here, map)
        else node = absent(pointer, depth)
        break
      }
      case 'index': {
        const list = asList(node, here)
        node = list[itemAt(token.index, token.modifiers, list, here)] ?? null
        break
      }
      case 'match': {
        const list = asList(node, here)
        const index = matchIn(list, token, here)
        node =
          index === undefined
            ? { [token.key]: token.value }
            : (list[itemAt(index, token.modifiers, list, here)] ?? null)
        break
      }
      case 'after-last': {
        const path = printPointer(pointer)
        throw new PatchError(
          `Expected not to find after last index token in path '${path}' (not supported in find operations)`,
          pointer
        )
      }
    }
  }
  return node
}

/** What stands in for an absent optional key: nothing at the end of the path, else what the next part needs. */
function absent(pointer: Pointer, depth: number): Value {
  const next = pointer[depth + 1]
  if (next === undefined) return null
  if (next.kind === 'match') return []
  if (next.kind === 'key') return {}
  const path = pointer.slice(0, depth + 2)
  throw new PatchError(`Expected to find key or matching index token at path '${printPointer(path)}'`, path)
}
