import { childrenOf, type Code } from './code.ts'

/** A constant or a function of the file. */
export interface Definition {
  readonly name: string
  readonly code: Code
  /** What is written before it says. */
  readonly comments?: readonly string[]
  /** Of the constant, where the compiler would infer one that is too narrow; of what the function gives. */
  readonly type?: string
  /** Those of a function, all of them texts. */
  readonly parameters?: readonly string[]
}

/** Names of constants that a piece of code uses. */
export function namesIn(code: Code): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (piece: Code): void => {
    if (piece.kind === 'name') found.add(piece.name)
    if (piece.kind === 'call') found.add(piece.name)
    childrenOf(piece).forEach(visit)
  }
  visit(code)
  return found
}

/** All definitions, those of the pool that are used each above the first use. */
export function withPool(
  definitions: readonly Definition[],
  pool: ReadonlyMap<string, Definition>
): readonly Definition[] {
  const placed = new Set<string>()
  const ordered: Definition[] = []
  const place = (definition: Definition): void => {
    for (const used of namesIn(definition.code)) {
      const needed = pool.get(used)
      if (needed === undefined || placed.has(used)) continue
      placed.add(used)
      place(needed)
    }
    ordered.push(definition)
  }
  definitions.forEach(place)
  return ordered
}
