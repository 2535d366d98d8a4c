import type { Remark } from './yaml-node.ts'

/** Whoever mends these sees the others at the next reading. */
const mostOfOneKind = 100

interface Kind {
  readonly told: Remark[]
  untold: number
}

/** Gathers what is odd about a text or a map: of one kind the first hundred, and how many more there are. */
export class Remarks {
  readonly #kinds = new Map<string, Kind>()

  add(remark: Remark): void {
    const name = `${remark.severity} ${remark.code}`
    const kind = this.#kinds.get(name) ?? { told: [], untold: 0 }
    this.#kinds.set(name, kind)
    if (kind.told.length < mostOfOneKind) kind.told.push(remark)
    else kind.untold += 1
  }

  all(): readonly Remark[] {
    return [...this.#kinds.values()].flatMap(toldOf)
  }
}

function toldOf({ told, untold }: Kind): readonly Remark[] {
  const last = told.at(-1)
  if (last === undefined || untold === 0) return told
  return [...told.slice(0, -1), { ...last, message: `${last.message}; ${untold} more like it follow` }]
}

/** That the text is no YAML at an offset. */
export function syntaxError(at: number, message: string, hint?: string): Remark {
  return { code: 'yaml-syntax', severity: 'error', message, ...(hint !== undefined && { hint }), at }
}
