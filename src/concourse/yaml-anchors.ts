import { deepest, excessiveAliases, tooDeep } from './yaml-limits.ts'
import type { Remark, YamlNode } from './yaml-node.ts'
import { syntaxError, type Remarks } from './yaml-remarks.ts'

/** A value that aliases can stand for, without a node until it has ended. */
export interface Anchored {
  /** Where the anchor is. */
  readonly at: number
  node?: YamlNode
  /** Values in it, those of aliases included. */
  size: number
  /** Levels in it. */
  height: number
}

/** An alias and the anchor that it stands for, as offsets into the text. */
export interface Alias {
  readonly at: number
  readonly anchorAt: number
}

/** The anchors of a document, and how much of it their aliases make. */
export class Anchors {
  readonly #remarks: Remarks
  readonly #byName = new Map<string, Anchored>()
  #aliased = 0
  #isBeyondLimits = false
  /** All values of the document so far, as go-yaml counts them. */
  values = 1
  /** All that were resolved, in the order of the page. */
  readonly aliases: Alias[] = []

  /** What is wrong with anchors and aliases is added to `remarks`. */
  constructor(remarks: Remarks) {
    this.#remarks = remarks
  }

  /** An anchor that is there already is set again from here on. */
  set(name: string, at: number): Anchored {
    if (!goName.test(name)) {
      const message = `found the anchor &${name}, expected letters, digits, - and _ alone`
      this.#remarks.add(syntaxError(at, message, 'rename the anchor'))
    }
    const anchored: Anchored = { at, size: 1, height: 0 }
    this.#byName.set(name, anchored)
    return anchored
  }

  /** What an alias at a depth stands for; undefined where that is unknown, or more than is to be taken. */
  resolve(name: string, at: number, depth: number): Required<Anchored> | undefined {
    const { at: anchorAt, node, size, height } = this.#byName.get(name) ?? { at, size: 0, height: 0 }
    this.values += 1 + size
    this.#aliased += size
    if (node === undefined) this.#remarks.add(unknownAnchor(name, at))
    if (this.#isBeyondLimits) return undefined
    const excess =
      excessiveAliases(this.#aliased, this.values, at) ?? (depth + height > deepest ? tooDeep(at) : undefined)
    if (excess !== undefined) {
      this.#remarks.add(excess)
      // From here on aliases are empty, so that the tree stays small.
      this.#isBeyondLimits = true
      return undefined
    }
    if (node === undefined) return undefined
    this.aliases.push({ at, anchorAt })
    return { at: anchorAt, node, size, height }
  }
}

/** The characters that go-yaml allows. */
const goName = /^[\w-]+$/

function unknownAnchor(name: string, at: number): Remark {
  const message = `found the alias *${name}, expected an anchor &${name} that ends above it`
  return { code: 'unknown-anchor', severity: 'error', message, at }
}
