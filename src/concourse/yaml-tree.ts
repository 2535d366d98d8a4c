import { EVENT_ID, type Event } from 'js-yaml'
import { Anchors, type Alias, type Anchored } from './yaml-anchors.ts'
import type { EventOf } from './yaml-events.ts'
import { GrowingMap, type Child } from './yaml-map.ts'
import { emptyNode, type ListNode, type Remark, type YamlNode } from './yaml-node.ts'
import { Remarks } from './yaml-remarks.ts'
import { isMergeKey, scalarNode } from './yaml-scalar-node.ts'

type CollectionEvent = EventOf<'SEQUENCE'> | EventOf<'MAPPING'>

/** A list or map that has not ended yet. */
interface Frame {
  readonly collection: GrowingList | GrowingMap
  readonly anchored: Anchored | undefined
  readonly valuesBefore: number
  /** Levels in it so far. */
  height: number
}

/**
 * Turns the events of one document into our nodes, from the top of the page to its end, as Concourse reads them
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/decode.go, https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go).
 */
export class TreeBuilder {
  readonly #text: string
  readonly #remarks = new Remarks()
  readonly #anchors = new Anchors(this.#remarks)
  readonly #stack: Frame[] = []
  #root: YamlNode = emptyNode(0)
  /** Where the last event ends. */
  #end = 0

  constructor(text: string) {
    this.#text = text
  }

  /** What is wrong with the text. What is odd about the keys of a map stands in its node. */
  get remarks(): readonly Remark[] {
    return this.#remarks.all()
  }

  get aliases(): readonly Alias[] {
    return this.#anchors.aliases
  }

  build(events: readonly Event[]): YamlNode {
    for (const event of events) this.#take(event)
    return this.#root
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        break
      case EVENT_ID.SCALAR:
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
        this.#open(event)
    }
  }

  #open(event: CollectionEvent): void {
    const { start: at } = event
    const collection = event.type === EVENT_ID.MAPPING ? new GrowingMap(at) : new GrowingList(at)
    const valuesBefore = this.#anchors.values
    this.#anchors.values += 1
    this.#stack.push({ collection, anchored: this.#anchored(event), valuesBefore, height: 0 })
    this.#end = at
  }

  #close(): void {
    const frame = this.#stack.pop()
    // The end of the document closes nothing of ours.
    if (frame === undefined) return
    const { collection, anchored, valuesBefore } = frame
    const { node } = collection
    const height = frame.height + 1
    if (anchored !== undefined) {
      Object.assign(anchored, { node, size: this.#anchors.values - valuesBefore, height })
    }
    this.#add(node, { at: node.at }, height)
  }

  #scalar(event: EventOf<'SCALAR'>): void {
    const node = scalarNode(this.#text, event, this.#end, this.#remarks)
    this.#anchors.values += 1
    const anchored = this.#anchored(event)
    if (anchored !== undefined) anchored.node = node
    this.#end = Math.max(event.valueEnd, event.anchorEnd, event.tagEnd, this.#end)
    this.#add(node, { at: node.at, merges: isMergeKey(this.#text, event, node.written) }, 0)
  }

  #anchored({ anchorStart, anchorEnd }: EventOf<'SCALAR'> | CollectionEvent): Anchored | undefined {
    if (anchorStart < 0) return undefined
    return this.#anchors.set(this.#text.slice(anchorStart, anchorEnd), anchorStart - 1)
  }

  #alias({ anchorStart, anchorEnd }: EventOf<'ALIAS'>): void {
    const at = anchorStart - 1
    this.#end = anchorEnd
    const name = this.#text.slice(anchorStart, anchorEnd)
    const anchored = this.#anchors.resolve(name, at, this.#stack.length)
    if (anchored === undefined) this.#add(emptyNode(at), { at }, 0)
    else this.#add(anchored.node, { at, isAlias: true }, anchored.height)
  }

  #add(node: YamlNode, child: Child, height: number): void {
    const frame = this.#stack.at(-1)
    if (frame === undefined) {
      this.#root = node
      return
    }
    frame.height = Math.max(frame.height, height)
    frame.collection.add(node, child)
  }
}

class GrowingList {
  readonly node: ListNode
  readonly #items: YamlNode[] = []

  constructor(at: number) {
    this.node = { kind: 'list', items: this.#items, at }
  }

  add(node: YamlNode): void {
    this.#items.push(node)
  }
}
