import { CHOMPING_MODE, EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml'
import type { Entry, ListNode, MapNode, Remark, ScalarNode, YamlNode } from './yaml-node.ts'
import { keyText, resolvePlain, resolveTagged } from './yaml-scalar.ts'

/** What YAML reads where nothing is written: null. */
export function emptyNode(at: number): YamlNode {
  return { kind: 'scalar', value: null, written: '', at }
}

/** A document deeper than this is refused, as whoever walks the tree calls itself for each level. */
export const deepest = 250

type Placed<K extends keyof typeof EVENT_ID> = Extract<Event, { type: (typeof EVENT_ID)[K] }>
type ScalarEvent = Placed<'SCALAR'>
type CollectionEvent = Placed<'SEQUENCE'> | Placed<'MAPPING'>

/** A value that aliases can stand for. */
interface Anchored {
  /** Missing until the value has ended. */
  node?: YamlNode
  /** Values in it, those of aliases included. */
  size: number
  /** Levels in it. */
  height: number
}

/** A list or map that has not ended yet. */
interface Frame {
  readonly collection: ListFrame | MapFrame
  readonly anchored: Anchored | undefined
  readonly valuesBefore: number
  height: number
}

/**
 * Turns the events of the first document into our nodes, from the top of the page to its end, as Concourse reads them
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/decode.go, https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go).
 */
export class TreeBuilder {
  readonly #text: string
  readonly #remarks: Remark[]
  readonly #tagHandles = new Map([['!!', 'tag:yaml.org,2002:']])
  readonly #anchors = new Map<string, Anchored>()
  readonly #stack: Frame[] = []
  #root: YamlNode = emptyNode(0)
  /** Where the last event ends. */
  #end = 0
  #values = 1
  #aliased = 0
  #isBeyondLimits = false

  /** What is wrong with the text is added to `remarks`. */
  constructor(text: string, remarks: Remark[]) {
    this.#text = text
    this.#remarks = remarks
  }

  build(events: readonly Event[]): YamlNode {
    let documents = 0
    for (const event of events) {
      if (event.type === EVENT_ID.DOCUMENT) documents += 1
      // Concourse reads the first document and drops the others.
      if (documents > 1) break
      this.#take(event)
    }
    this.#checkAliases(this.#end)
    return this.#root
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        for (const directive of event.directives) {
          if (directive.kind === 'tag') this.#tagHandles.set(directive.handle, directive.prefix)
        }
        break
      case EVENT_ID.SCALAR:
        this.#values += 1
        this.#scalar(event)
        break
      case EVENT_ID.ALIAS:
        this.#alias(event)
        break
      case EVENT_ID.POP:
        this.#close()
        break
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        this.#values += 1
        this.#open(event)
    }
  }

  #open(event: CollectionEvent): void {
    const { start: at } = event
    const collection = event.type === EVENT_ID.MAPPING ? new MapFrame(at) : new ListFrame(at)
    const anchored = this.#anchor(event)
    this.#stack.push({ collection, anchored, valuesBefore: this.#values - 1, height: 1 })
    this.#end = at
  }

  #close(): void {
    const frame = this.#stack.pop()
    // The end of the document closes nothing of ours.
    if (frame === undefined) return
    const { collection, anchored, height } = frame
    const node = collection.node
    if (anchored !== undefined) {
      Object.assign(anchored, { node, size: this.#values - frame.valuesBefore, height })
    }
    this.#add(node, { at: node.at, height })
  }

  #scalar(event: ScalarEvent): void {
    const node = this.#scalarNode(event)
    const anchored = this.#anchor(event)
    if (anchored !== undefined) anchored.node = node
    const { written } = node
    const merges = written === '<<' && this.#isMergeKey(event)
    this.#end = Math.max(event.valueEnd, event.anchorEnd, event.tagEnd, this.#end)
    this.#add(node, { at: node.at, height: 0, merges })
  }

  #scalarNode(event: ScalarEvent): ScalarNode {
    const written = this.#written(event)
    const at = this.#scalarAt(event)
    if (event.tagStart >= 0) return this.#taggedNode(event, written, at)
    const value = event.style === SCALAR_STYLE.PLAIN ? resolvePlain(written) : written
    return { kind: 'scalar', value, written, at }
  }

  #written(event: ScalarEvent): string {
    const written = getScalarValue(this.#text, event)
    const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK
    // Where the text ends without a line end, so does a block to go-yaml.
    const isCut = isBlock && event.valueEnd === this.#text.length && /[^\r\n]$/.test(this.#text)
    return isCut && event.chomping !== CHOMPING_MODE.STRIP ? written.slice(0, -1) : written
  }

  #isMergeKey({ style, tagStart, tagEnd }: ScalarEvent): boolean {
    if (tagStart < 0) return style === SCALAR_STYLE.PLAIN
    const tag = this.#text.slice(tagStart, tagEnd)
    return tag === '!' || this.#tagName(tag) === 'tag:yaml.org,2002:merge'
  }

  #taggedNode(event: ScalarEvent, written: string, at: number): ScalarNode {
    const tag = this.#text.slice(event.tagStart, event.tagEnd)
    const value = resolveTagged(this.#tagName(tag), written)
    if (value === undefined) {
      const message = `found ${JSON.stringify(written.slice(0, 40))} with the tag ${tag}, which does not fit it`
      this.#remarks.push({
        code: 'wrong-tag',
        severity: 'error',
        message,
        hint: 'remove the tag',
        at: event.tagStart
      })
    }
    return { kind: 'scalar', value: value ?? null, written, at }
  }

  #tagName(tag: string): string {
    if (tag.startsWith('!<')) return tag.slice(2, -1)
    const handle = tag.slice(0, tag.indexOf('!', 1) + 1) || '!'
    return `${this.#tagHandles.get(handle) ?? handle}${tag.slice(handle.length)}`
  }

  /** Where the quote or the sign of the block stands, or where nothing stands. */
  #scalarAt({ valueStart, style, anchorEnd, tagEnd }: ScalarEvent): number {
    if (valueStart < 0) {
      blank.lastIndex = Math.max(anchorEnd, tagEnd, this.#end)
      return blank.test(this.#text) ? blank.lastIndex : this.#end
    }
    if (style === SCALAR_STYLE.PLAIN) return valueStart
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1
    const line = this.#text.lastIndexOf('\n', valueStart - 2) + 1
    const sign = style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>'
    return this.#text.indexOf(sign, Math.max(line, this.#end, anchorEnd, tagEnd))
  }

  #anchor({ anchorStart, anchorEnd }: ScalarEvent | CollectionEvent): Anchored | undefined {
    if (anchorStart < 0) return undefined
    const name = this.#text.slice(anchorStart, anchorEnd)
    if (!anchorName.test(name)) this.#remarks.push(strangeAnchor(name, anchorStart - 1))
    const anchored: Anchored = { size: 1, height: 0 }
    this.#anchors.set(name, anchored)
    return anchored
  }

  #alias({ anchorStart, anchorEnd }: Placed<'ALIAS'>): void {
    const at = anchorStart - 1
    this.#end = anchorEnd
    const name = this.#text.slice(anchorStart, anchorEnd)
    const { node, size, height } = this.#anchors.get(name) ?? { size: 0, height: 0 }
    this.#values += 1 + size
    this.#aliased += size
    if (node === undefined) this.#remarks.push(unknownAnchor(name, at))
    this.#checkAliases(at)
    if (!this.#isBeyondLimits && this.#stack.length + height > deepest) this.#refuse(tooDeep(at))
    if (node === undefined || this.#isBeyondLimits) this.#add(emptyNode(at), { at, height: 0 })
    else this.#add(node, { at, height, isAlias: true })
  }

  #checkAliases(at: number): void {
    if (!this.#isBeyondLimits && isExcessive(this.#aliased, this.#values)) this.#refuse(excessive(at))
  }

  /** From here on aliases are empty, so that the tree stays small. */
  #refuse(remark: Remark): void {
    this.#remarks.push(remark)
    this.#isBeyondLimits = true
  }

  #add(node: YamlNode, child: Child): void {
    const frame = this.#stack.at(-1)
    if (frame === undefined) {
      this.#root = node
      return
    }
    frame.height = Math.max(frame.height, child.height + 1)
    frame.collection.add(node, child)
  }
}

/** What a list or map must know of a value besides the node. */
interface Child {
  readonly at: number
  readonly height: number
  readonly isAlias?: boolean
  /** Whether it merges as a key: an unquoted `<<`. */
  readonly merges?: boolean
}

class ListFrame {
  readonly node: ListNode
  readonly #items: YamlNode[] = []

  constructor(at: number) {
    this.node = { kind: 'list', items: this.#items, at }
  }

  add(node: YamlNode): void {
    this.#items.push(node)
  }
}

class MapFrame {
  readonly #at: number
  readonly #entries = new Map<string, Entry>()
  readonly #remarks: Remark[] = []
  /** The key that waits for its value. Its name is missing where it is no text. */
  #key: { readonly name: string | undefined; readonly at: number; readonly merges: boolean } | undefined
  #hasMerge = false
  /** Names that are here by a merge alone, and how keys are written that are no text as they stand. */
  #merged: Set<string> | undefined
  #spellings: Set<string> | undefined

  constructor(at: number) {
    this.#at = at
  }

  get node(): MapNode {
    const remarks = this.#remarks.length > 0 ? this.#remarks : none
    return { kind: 'map', entries: this.#entries, remarks, at: this.#at }
  }

  add(node: YamlNode, { at, merges = false, isAlias = false }: Child): void {
    const key = this.#key
    if (key === undefined) {
      if (merges) this.#mergeKey(at)
      this.#key = { name: merges ? undefined : this.#name(node, at), at, merges }
      return
    }
    this.#key = undefined
    if (key.merges) this.#merge(node, key.at, isAlias)
    else if (key.name !== undefined) this.#entries.set(key.name, { value: node, at: key.at })
  }

  #mergeKey(at: number): void {
    if (this.#hasMerge || this.#isWritten('<<')) this.#remarks.push(duplicate('<<', at))
    this.#hasMerge = true
  }

  /** Concourse turns keys into text after it has read them as YAML 1.1: `N:` becomes `false:`. */
  #name(key: YamlNode, at: number): string | undefined {
    if (key.kind !== 'scalar' || key.value === null) {
      this.#remarks.push(noText('a key that is no text', at))
      return undefined
    }
    const { value, written } = key
    const isText = typeof value === 'string'
    const name = isText ? value : keyText(value, written)
    if (name === undefined) {
      this.#remarks.push(noText(`the key ${written}, which is beyond 63 bits`, at))
      return undefined
    }
    if (!isText) this.#remarks.push(respelt(written, name, at))
    // Before anything else, fly refuses two keys that are written alike, be one in quotes or not.
    if (this.#isWritten(name) || this.#isWritten(written) || (name === '<<' && this.#hasMerge)) {
      this.#remarks.push(duplicate(name, at))
    }
    this.#merged?.delete(name)
    if (!isText) this.#spellings = (this.#spellings ?? new Set()).add(written)
    return name
  }

  #isWritten(name: string): boolean {
    return (
      (this.#entries.has(name) && this.#merged?.has(name) !== true) || this.#spellings?.has(name) === true
    )
  }

  /** Merged values win over those above the merge key and lose against those below it; earlier maps over later ones. */
  #merge(from: YamlNode, at: number, isAlias: boolean): void {
    const maps = from.kind === 'list' && !isAlias ? from.items.toReversed() : [from]
    const entries = new Map<string, Entry>()
    for (const map of maps) {
      if (map.kind !== 'map') {
        this.#remarks.push(notAMap(map.at))
        continue
      }
      // Nobody reads a map that stands below the merge key alone; one above it is told of where it stands.
      if (map.at > at) this.#remarks.push(...map.remarks)
      for (const [name, entry] of map.entries) entries.set(name, entry)
    }
    const merged = (this.#merged ??= new Set())
    for (const [name, entry] of entries) {
      if (this.#isWritten(name)) this.#remarks.push(overridden(name, at))
      else merged.add(name)
      this.#entries.set(name, entry)
    }
  }
}

const none: readonly Remark[] = []

/** What stands between the end of a value and one that is empty. */
const blank = /\s*[-:?,]?/y

/** The characters that go-yaml allows. */
const anchorName = /^[\w-]+$/

function strangeAnchor(name: string, at: number): Remark {
  const message = `found the anchor &${name}, expected letters, digits, - and _ alone`
  return { code: 'yaml-syntax', severity: 'error', message, hint: 'rename the anchor', at }
}

function unknownAnchor(name: string, at: number): Remark {
  const message = `found the alias *${name}, expected an anchor &${name} that ends above it`
  return { code: 'unknown-anchor', severity: 'error', message, at }
}

function excessive(at: number): Remark {
  const message = 'found so many aliases of aliases that Concourse refuses the file'
  return { code: 'excessive-aliases', severity: 'error', message, at }
}

/** More levels than whoever reads the document walks down. */
export function tooDeep(at: number): Remark {
  const message = `found more than ${deepest} levels, expected a document that people can read`
  return { code: 'too-deep', severity: 'error', message, at }
}

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

/** The limit at which go-yaml gives up (v2.4.4, decode.go, allowedAliasRatio). */
function isExcessive(aliased: number, values: number): boolean {
  const [low, high] = [400_000, 4_000_000]
  const share = Math.min(1, Math.max(0, (values - low) / (high - low)))
  return aliased > 100 && values > 1000 && aliased / values > 0.99 - 0.89 * share
}
