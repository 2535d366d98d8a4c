import type { Entry, MapNode, Remark, YamlNode } from './yaml-node.ts'
import { Remarks } from './yaml-remarks.ts'
import { keyText } from './yaml-scalar.ts'

/** What a map must know of a key or a value besides its node. */
export interface Child {
  readonly at: number
  readonly isAlias?: boolean
  /** Whether it merges as a key: an unquoted `<<`. */
  readonly merges?: boolean
}

interface Key {
  /** Missing where it is no text, or merges. */
  readonly name: string | undefined
  readonly at: number
  readonly merges: boolean
}

/** A map that is being read, key by value. */
export class GrowingMap {
  readonly #at: number
  readonly #entries = new Map<string, Entry>()
  #remarks: Remarks | undefined
  /** The key that waits for its value. */
  #key: Key | undefined
  /** Names that are here by a merge alone. */
  #merged: Set<string> | undefined

  constructor(at: number) {
    this.#at = at
  }

  get node(): MapNode {
    return { kind: 'map', entries: this.#entries, remarks: this.#remarks?.all() ?? none, at: this.#at }
  }

  /** Takes a key, or the value of the key before. */
  add(node: YamlNode, { at, merges = false, isAlias = false }: Child): void {
    const key = this.#key
    if (key === undefined) {
      this.#key = { name: merges ? undefined : this.#name(node, at), at, merges }
      return
    }
    this.#key = undefined
    if (key.merges) this.#merge(node, key.at, isAlias)
    else if (key.name !== undefined) this.#entries.set(key.name, { value: node, at: key.at })
  }

  /** Concourse turns keys into text after it has read them as YAML 1.1: `N:` becomes `false:`. */
  #name(key: YamlNode, at: number): string | undefined {
    if (key.kind !== 'scalar' || key.value === null) {
      this.#remark(noText('a key that is no text', at))
      return undefined
    }
    const { value, written } = key
    const name = typeof value === 'string' ? value : keyText(value, written)
    if (name === undefined) {
      this.#remark(noText(`the key ${written}, which is beyond 63 bits`, at))
      return undefined
    }
    if (typeof value !== 'string') this.#remark(respelt(written, name, at))
    if (this.#isWritten(name)) this.#remark(duplicate(name, at))
    this.#merged?.delete(name)
    return name
  }

  #isWritten(name: string): boolean {
    return this.#entries.has(name) && this.#merged?.has(name) !== true
  }

  /** Merged values win over those above the merge key and lose against those below it; earlier maps over later ones. */
  #merge(from: YamlNode, at: number, isAlias: boolean): void {
    if (this.#merged !== undefined) this.#remark(duplicate('<<', at))
    const merged = (this.#merged ??= new Set())
    const maps = from.kind === 'list' && !isAlias ? from.items.toReversed() : [from]
    const entries = new Map<string, Entry>()
    for (const map of maps) {
      if (map.kind !== 'map') {
        this.#remark(notAMap(map.at))
        continue
      }
      // Nobody reads a map that stands below the merge key alone; one above it is told of where it stands.
      if (map.at > at) for (const remark of map.remarks) this.#remark(remark)
      for (const [name, entry] of map.entries) entries.set(name, entry)
    }
    for (const [name, entry] of entries) {
      if (this.#isWritten(name)) this.#remark(overridden(name, at))
      else merged.add(name)
      this.#entries.set(name, entry)
    }
  }

  #remark(remark: Remark): void {
    this.#remarks ??= new Remarks()
    this.#remarks.add(remark)
  }
}

const none: readonly Remark[] = []

function noText(what: string, at: number): Remark {
  return { code: 'key-not-text', severity: 'error', message: `found ${what}, expected text`, at }
}

function respelt(written: string, name: string, at: number): Remark {
  const message = `found the key ${written}, which Concourse reads as ${name}; expected text`
  return { code: 'key-not-text', severity: 'warning', message, hint: 'quote the key', at }
}

function duplicate(name: string, at: number): Remark {
  const message = `found the key ${JSON.stringify(name)} twice, expected it once`
  return { code: 'duplicate-key', severity: 'error', message, hint: 'remove one of the two', at }
}

function notAMap(at: number): Remark {
  const message = 'found no map to merge, expected one, or a list of them'
  return { code: 'wrong-type', severity: 'error', message, at }
}

function overridden(name: string, at: number): Remark {
  const message = `the merged ${JSON.stringify(name)} wins over the one above, as Concourse reads merge keys`
  return { code: 'merge-overrides', severity: 'warning', message, hint: 'put the merge key first', at }
}
