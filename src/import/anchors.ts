import { EVENT_ID, parseEvents, type Event } from 'js-yaml'
import type { Json } from '../concourse/model.ts'
import type { YamlNode } from '../concourse/yaml-node.ts'
import { parseYaml } from '../concourse/yaml-parse.ts'

/** A value that the YAML has given a name to. */
export interface Anchor {
  readonly name: string
  readonly value: Json
  readonly node: YamlNode
  /** Whether it is merged into other maps. */
  readonly isMerged: boolean
}

/** The lists and maps with an anchor: hints at what their author calls them. None where the text can't be read again. */
export function anchorsIn(yaml: string): readonly Anchor[] {
  const events = eventsIn(yaml)
  const names = new Map<number, string>()
  for (const event of events) {
    const isCollection = event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE
    if (isCollection && event.anchorStart >= 0)
      names.set(event.start, yaml.slice(event.anchorStart, event.anchorEnd))
  }
  if (names.size === 0) return []
  const merged = mergedIn(yaml, events)
  const anchors: Anchor[] = []
  const seen = new Set<YamlNode>()
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar' || seen.has(node)) return
    seen.add(node)
    const name = names.get(node.at)
    if (name !== undefined) anchors.push({ name, value: jsonOf(node), node, isMerged: merged.has(name) })
    if (node.kind === 'list') node.items.forEach(visit)
    else for (const { value } of node.entries.values()) visit(value)
  }
  visit(parseYaml(yaml).root)
  return anchors
}

function eventsIn(yaml: string): readonly Event[] {
  try {
    return parseEvents(yaml, {})
  } catch {
    // The reader takes a little more than this parser does; hints are not worth more than that.
    return []
  }
}

/** Names of the anchors that follow a merge key, alone or in a list. */
function mergedIn(yaml: string, events: readonly Event[]): ReadonlySet<string> {
  const merged = new Set<string>()
  for (const [index, event] of events.entries()) {
    if (event.type !== EVENT_ID.SCALAR || yaml.slice(event.valueStart, event.valueEnd) !== '<<') continue
    const isList = events[index + 1]?.type === EVENT_ID.SEQUENCE
    for (let at = index + (isList ? 2 : 1); ; at += 1) {
      const alias = events[at]
      if (alias?.type !== EVENT_ID.ALIAS) break
      merged.add(yaml.slice(alias.anchorStart, alias.anchorEnd))
    }
  }
  return merged
}

function jsonOf(node: YamlNode): Json {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(jsonOf)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, jsonOf(value)]))
}
