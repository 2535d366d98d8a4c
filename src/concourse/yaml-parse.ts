import { EVENT_ID, type Event } from 'js-yaml'
import type { Alias } from './yaml-anchors.ts'
import { strangeCharacter } from './yaml-characters.ts'
import { commentsIn } from './yaml-comments.ts'
import { eventsIn } from './yaml-events.ts'
import { tooLarge } from './yaml-limits.ts'
import { emptyNode, type Comment, type Remark, type YamlNode } from './yaml-node.ts'
import { TreeBuilder } from './yaml-tree.ts'
import { unlikeGo } from './yaml-unlike-go.ts'

export interface YamlTree {
  readonly root: YamlNode
  readonly aliases: readonly Alias[]
  /** What is wrong with the text itself. Where one is an error, `root` is not the whole document. */
  readonly remarks: readonly Remark[]
  /** All comments in the order of the page; none where the text is no YAML. */
  readonly comments: readonly Comment[]
}

/**
 * Reads YAML as Concourse does: scalars, tags and merge keys by go-yaml's rules, aliases put in place, keys turned into
 * text (https://github.com/yaml/go-yaml/tree/v2.4.4, https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go).
 * Concourse reads the first document of a file and drops the others, and all below a line that begins left of the
 * first; here both are errors.
 *
 * The parser beneath reads YAML 1.2. What pipelines have in which it differs from go-yaml is made up for. What none
 * has is not: refused are `*a: b` as a key and `[a:]` as text; taken are blanks before the first `---`, `...` above
 * the first document, directives that go-yaml does not know, keys of more than 1024 characters, two keys that are
 * written alike but for quotes of which one is a number, and some tabs within brackets; %TAG and `!<…>` mean
 * nothing; an escaped line end swallows empty lines.
 */
export function parseYaml(text: string): YamlTree {
  const remark = tooLarge(text) ?? strangeCharacter(text)
  if (remark !== undefined) return refused(remark)
  const events = eventsIn(text)
  if (!Array.isArray(events)) return refused(events)
  const second = events.findIndex(({ type }, index) => index > 0 && type === EVENT_ID.DOCUMENT)
  const first = second < 0 ? events : events.slice(0, second)
  const dropped = second < 0 ? undefined : secondDocument(events[second + 1])
  const difference = unlikeGo(text.slice(0, dropped?.at), first)
  if (difference !== undefined) return refused(difference)
  const tree = new TreeBuilder(text)
  const root = tree.build(first)
  const remarks = dropped === undefined ? tree.remarks : [...tree.remarks, dropped]
  return { root, aliases: tree.aliases, remarks, comments: commentsIn(text, events) }
}

function refused(remark: Remark): YamlTree {
  return { root: emptyNode(remark.at), aliases: [], remarks: [remark], comments: [] }
}

/** Nothing where nothing is written in it. */
function secondDocument(content: Event | undefined): Remark | undefined {
  const at = content === undefined ? -1 : startOf(content)
  if (at < 0) return undefined
  const message = 'found a second document, which Concourse drops; expected one'
  return { code: 'second-document', severity: 'error', message, hint: 'give it a file of its own', at }
}

function startOf(event: Event): number {
  if ('start' in event) return event.start
  return event.type === EVENT_ID.SCALAR ? Math.max(event.valueStart, event.anchorStart, event.tagStart) : -1
}
