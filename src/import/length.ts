import { childrenOf, type Code } from './code.ts'

const lengths = new WeakMap<Code, number>()

/** About how many characters a piece takes. */
export function lengthOf(code: Code): number {
  const known = lengths.get(code)
  if (known !== undefined) return known
  const length = ownLength(code) + childrenOf(code).reduce((sum, child) => sum + lengthOf(child) + 2, 0)
  lengths.set(code, length)
  return length
}

function ownLength(code: Code): number {
  switch (code.kind) {
    case 'text':
      return code.value.length + 2
    case 'raw':
      return code.code.length
    case 'name':
    case 'call':
      return code.name.length + 2
    case 'object':
      return code.entries.reduce((sum, { key = '.' }) => sum + key.length + 2, 4)
    case 'list':
    case 'template':
      return 2
    default:
      return code satisfies never
  }
}
