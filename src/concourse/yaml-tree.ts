import { isAlias, isScalar, isSeq, type Alias, type ParsedNode, type YAMLMap } from 'yaml'
import type { Entry, MapNode, Remark, YamlNode } from './yaml-node.ts'
import { resolvePlain } from './yaml-scalar.ts'

/** What YAML reads where nothing is written: null. */
export function emptyNode(at: number): YamlNode {
  return { kind: 'scalar', value: null, written: '', at }
}

interface Anchored {
  readonly node: YamlNode
  /** Values in it, those of aliases included. */
  readonly size: number
}

/**
 * Turns the parser's nodes into ours, from the top of the page to its end, as Concourse reads them
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/decode.go, https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go).
 */
export class TreeBuilder {
  readonly #remarks: Remark[]
  readonly #anchors = new Map<string, Anchored | 'open'>()
  #values = 0
  #aliased = 0
  #excessive = false

  /** What is wrong with the text is added to `remarks`. */
  constructor(remarks: Remark[]) {
    this.#remarks = remarks
  }

  /** The parser's null is an empty document. */
  node(parsed: ParsedNode | null): YamlNode {
    if (parsed === null) return emptyNode(0)
    if (isAlias(parsed)) return this.#alias(parsed, parsed.range[0])
    const { anchor } = parsed
    if (anchor === undefined) return this.#plainNode(parsed)
    this.#anchors.set(anchor, 'open')
    const before = this.#values
    const node = this.#plainNode(parsed)
    this.#anchors.set(anchor, { node, size: this.#values - before })
    return node
  }

  #plainNode(parsed: Exclude<ParsedNode, Alias>): YamlNode {
    const at = parsed.range[0]
    this.#values += 1
    this.#refuseTag(parsed.tag, at)
    if (isScalar(parsed)) {
      const written = String(parsed.value)
      return { kind: 'scalar', value: isPlain(parsed) ? resolvePlain(written) : written, written, at }
    }
    if (isSeq(parsed)) return { kind: 'list', items: parsed.items.map(item => this.node(item)), at }
    return this.#map(parsed, at)
  }

  #map(parsed: YAMLMap<ParsedNode, ParsedNode | null>, at: number): MapNode {
    const entries = new Map<string, Entry>()
    const remarks: Remark[] = []
    const written = new Set<string>()
    for (const { key: parsedKey, value: parsedValue } of parsed.items) {
      const key = this.node(parsedKey)
      const value = this.node(parsedValue)
      const merges = isScalar(parsedKey) && isPlain(parsedKey) && parsedKey.value === '<<'
      const name = merges ? '<<' : this.#keyText(key, remarks)
      if (name === undefined) continue
      if (written.has(name)) remarks.push(duplicate(name, key.at))
      if (!merges) entries.set(name, { value, at: key.at })
      for (const [merged, entry] of merges ? mergedEntries(value, remarks) : []) {
        if (written.has(merged)) remarks.push(overridden(merged, key.at))
        entries.set(merged, entry)
      }
      written.add(name)
    }
    return { kind: 'map', entries, remarks, at }
  }

  #alias(alias: Alias, at: number): YamlNode {
    const anchored = this.#anchors.get(alias.source)
    if (anchored === undefined || anchored === 'open') {
      const message = `found the alias *${alias.source}, expected an anchor &${alias.source} that ends above it`
      this.#remarks.push({ code: 'unknown-anchor', severity: 'error', message, at })
      return emptyNode(at)
    }
    this.#values += anchored.size
    this.#aliased += anchored.size
    if (!this.#excessive && isExcessive(this.#aliased, this.#values)) {
      const message = 'found so many aliases of aliases that Concourse refuses the file'
      this.#remarks.push({ code: 'excessive-aliases', severity: 'error', message, at })
      this.#excessive = true
    }
    return this.#excessive ? emptyNode(at) : anchored.node
  }

  /** Concourse turns keys into text after it has read them as YAML 1.1: `N:` becomes `false:`. */
  #keyText(key: YamlNode, remarks: Remark[]): string | undefined {
    this.#values += 1
    if (key.kind !== 'scalar' || key.value === null) {
      const message = 'found a key that is no text, expected text'
      remarks.push({ code: 'key-not-text', severity: 'error', message, at: key.at })
      return undefined
    }
    if (typeof key.value !== 'string') {
      const message = `found the key ${key.written}, which Concourse reads as ${key.value}; expected text`
      remarks.push({ code: 'key-not-text', severity: 'warning', message, hint: 'quote the key', at: key.at })
    }
    return String(key.value)
  }

  #refuseTag(tag: string | undefined, at: number): void {
    if (tag === undefined || knownTags.has(tag)) return
    const message = `found the tag ${tag}, expected none: causeway does not read tags`
    this.#remarks.push({ code: 'not-supported', severity: 'error', message, at })
  }
}

const knownTags = new Set(['str', 'map', 'seq'].map(name => `tag:yaml.org,2002:${name}`))

interface ParsedScalar {
  readonly value: unknown
  readonly type?: string
  readonly tag?: string
}

function isPlain(scalar: ParsedScalar): boolean {
  return scalar.type === 'PLAIN' && scalar.tag === undefined
}

/** Merged values win over those above the merge key and lose against those below it; earlier maps over later ones. */
function mergedEntries(from: YamlNode, remarks: Remark[]): Map<string, Entry> {
  const maps = from.kind === 'list' ? from.items.toReversed() : [from]
  const entries = new Map<string, Entry>()
  for (const map of maps) {
    if (map.kind === 'map') for (const [name, entry] of map.entries) entries.set(name, entry)
    else remarks.push(notAMap(map.at))
  }
  return entries
}

function duplicate(name: string, at: number): Remark {
  const message = `found the key ${JSON.stringify(name)} twice, expected it once`
  return { code: 'duplicate-key', severity: 'error', message, hint: 'remove one of the two', at }
}

function notAMap(at: number): Remark {
  return {
    code: 'wrong-type',
    severity: 'error',
    message: 'found no map to merge, expected one, or a list of them',
    at
  }
}

function overridden(name: string, at: number): Remark {
  const message = `the merged ${JSON.stringify(name)} wins over the one above, as Concourse reads merge keys`
  return { code: 'merge-overrides', severity: 'warning', message, hint: 'put the merge key first', at }
}

/** The limit at which go-yaml gives up (v2.4.4, decode.go, allowedAliasRatio). */
function isExcessive(aliased: number, values: number): boolean {
  const [low, high] = [400_000, 4_000_000]
  const share = Math.min(1, Math.max(0, (values - low) / (high - low)))
  return aliased > 100 && values > 1000 && aliased / values > 0.99 - 0.89 * share
}
