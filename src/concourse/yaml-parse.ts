import { EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml'
import type { Comment, Remark, YamlNode } from './yaml-node.ts'
import { deepest, emptyNode, tooDeep, TreeBuilder } from './yaml-tree.ts'

export interface YamlTree {
  readonly root: YamlNode
  /** What is wrong with the text itself. Where one is an error, `root` is not the whole document. */
  readonly remarks: readonly Remark[]
  /** All comments in the order of the page; none where the text is no YAML. */
  readonly comments: readonly Comment[]
}

/**
 * Reads YAML as Concourse does: scalars, tags and merge keys by go-yaml's rules, aliases put in place, keys turned into
 * text (https://github.com/yaml/go-yaml/tree/v2.4.4, https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go).
 * Concourse reads the first document of a file and drops the others; here a second one is an error.
 *
 * The parser below is one of YAML 1.2, where go-yaml has one of 1.1. What they differ in and pipelines use is made up
 * for here and in the tree. Left are a comment that touches a quote or a bracket, a line that goes on with less
 * indentation outside of brackets and quotes, and `\'` in double quotes, which go-yaml takes and which are refused here.
 */
export function parseYaml(text: string): YamlTree {
  const remark = refusal(text)
  if (remark !== undefined) return refused(remark)
  const events = eventsIn(text)
  if (!Array.isArray(events)) return refused(events)
  const remarks: Remark[] = []
  const root = new TreeBuilder(text, remarks).build(events)
  const second = secondDocument(events)
  if (second !== undefined) remarks.push(second)
  return { root, remarks, comments: commentsIn(text, events) }
}

function refused(remark: Remark): YamlTree {
  return { root: emptyNode(remark.at), remarks: [remark], comments: [] }
}

/** A pipeline of 5,000 jobs has some 4 million characters; twice as many can still be held in memory whatever they say. */
const longest = 8 * 1024 * 1024

/** What stands against reading the text before its grammar is looked at. */
function refusal(text: string): Remark | undefined {
  if (text.length > longest) {
    const message = `found ${text.length} characters, expected at most ${longest}: no pipeline is as long as that`
    return { code: 'too-large', severity: 'error', message, at: 0 }
  }
  return strangeCharacter(text) ?? strangeDirective(text)
}

/** What YAML 1.1 refuses as it stands, takes for the end of a line, or drops. A byte order mark may open the text. */
const strange = /(?!^\ufeff)[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

function strangeCharacter(text: string): Remark | undefined {
  const at = text.search(strange)
  if (at < 0) return undefined
  const code = text.charCodeAt(at).toString(16).padStart(4, '0')
  const message = `found the character U+${code.toUpperCase()}, which Concourse refuses or reads as the end of a line`
  return {
    code: 'strange-character',
    severity: 'error',
    message,
    hint: `write it as \\u${code} in double quotes`,
    at
  }
}

/** Lines that may stand above a document; a directive among them other than what go-yaml knows is an error. */
const prologue = /^\ufeff?(?:[ \t]*(?:#.*)?(?:\r\n?|\n)|%(?:YAML[ \t]+1\.1|TAG)(?![^\s]).*(?:\r\n?|\n))*(?=%)/

function strangeDirective(text: string): Remark | undefined {
  const before = prologue.exec(text)?.[0]
  if (before === undefined) return undefined
  const at = before.length
  const message = `found ${/.*/.exec(text.slice(at, at + 40))?.[0] ?? ''}, expected %YAML 1.1 or %TAG alone`
  return { code: 'yaml-syntax', severity: 'error', message, hint: 'remove the line', at }
}

function eventsIn(text: string): Event[] | Remark {
  const events = parsed(text)
  // Within brackets and quotes go-yaml lets a line begin anywhere.
  return !Array.isArray(events) && events.reason === 'deficient indentation'
    ? explained(parsed(joinFlowLines(text)), text)
    : explained(events, text)
}

interface Failure {
  readonly reason: string
  readonly at: number
}

function parsed(text: string): Event[] | Failure {
  try {
    return parseEvents(text, { maxDepth: deepest })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    return { reason: error.reason, at: error.mark?.position ?? 0 }
  }
}

function explained(events: Event[] | Failure, text: string): Event[] | Remark {
  if (Array.isArray(events)) return events
  const { reason, at } = events
  if (reason.startsWith('nesting exceeded')) return tooDeep(at)
  const [message, hint] = explain(reason, text, at)
  return { code: 'yaml-syntax', severity: 'error', message, ...(hint !== undefined && { hint }), at }
}

function secondDocument(events: readonly Event[]): Remark | undefined {
  const index = events.findIndex((event, place) => place > 0 && event.type === EVENT_ID.DOCUMENT)
  const content = events[index + 1]
  const at = index < 0 || content === undefined ? -1 : startOf(content)
  if (at < 0) return undefined
  const message = 'found a second document, which Concourse drops; expected one'
  return { code: 'second-document', severity: 'error', message, hint: 'give it a file of its own', at }
}

/** Negative where nothing is written. */
function startOf(event: Event): number {
  if ('start' in event) return event.start
  return event.type === EVENT_ID.SCALAR ? Math.max(event.valueStart, event.anchorStart, event.tagStart) : -1
}

/** Each `#` between two scalars or tags begins a comment. */
function commentsIn(text: string, events: readonly Event[]): Comment[] {
  const comments: Comment[] = []
  let at = text.indexOf('#')
  const skip = (start: number, end: number): void => {
    while (at >= 0 && at < start) {
      const line = restOfLine(text, at)
      comments.push({ text: line.slice(1).trim(), at })
      at = text.indexOf('#', at + line.length)
    }
    if (at >= 0 && at < end) at = text.indexOf('#', end)
  }
  for (const event of events) {
    if (at < 0) break
    if ('tagStart' in event) skip(event.tagStart, event.tagEnd)
    if (event.type === EVENT_ID.SCALAR) skip(event.valueStart, event.valueEnd)
  }
  skip(text.length, text.length)
  return comments
}

function restOfLine(text: string, at: number): string {
  lineEnd.lastIndex = at
  return text.slice(at, lineEnd.exec(text)?.index)
}

/**
 * The same text, and each character at its place, with blanks for the line ends and comments within brackets and
 * quotes. Where a document ends within them the rest stays as it is, since there it is an error.
 */
function joinFlowLines(text: string): string {
  return new FlowLines(text).joined()
}

const wordInBlock = String.raw`[^\r\n](?:[^\r\n]*?(?=:\s|[ \t]#|[\r\n]))`
const wordInFlow = String.raw`[^\r\n](?:[^\r\n]*?(?=[,[\]{}]|:[\s,[\]{}]|[ \t]#|[\r\n]))`
const line = String.raw`[ \t]+|\r\n|[\r\n]|#[^\r\n]*`
const tokens = {
  block: new RegExp(
    `${line}|%.*|[-?:](?=\\s)|(?:---|\\.\\.\\.)(?=\\s)|[|>].*|["'[{]|[&!*]\\S*|${wordInBlock}`,
    'y'
  ),
  flow: new RegExp(`${line}|["'[\\]{},:?]|[&!*][^\\s,[\\]{}]*|${wordInFlow}`, 'y'),
  '"': /[^"\\\r\n]+|\\[^\r\n]?|\r\n|[\r\n]|"/y,
  "'": /[^'\r\n]+|''|\r\n|[\r\n]|'/y
}
const indicator = /^(?:[-?:]|---|\.\.\.)$/
const marker = /(?:---|\.\.\.)(?=\s)/y
const indentation = / */y
const lineEnd = /\r\n|[\r\n]/g

class FlowLines {
  readonly #text: string
  #at = 0
  #lineStart = 0
  #joined = ''
  /** Up to where the text is in `#joined`. */
  #done = 0

  constructor(text: string) {
    // With a last line end every token ends within the text.
    this.#text = `${text}\n`
  }

  joined(): string {
    // The columns at which the innermost block begins, and what may become a key in it.
    let [block, key] = [-1, -1]
    while (this.#at < this.#text.length) {
      const column = this.#at - this.#lineStart
      const token = this.#next('block')
      const first = token.charAt(0)
      if (first === ' ' || first === '\t' || first === '#' || first === '%') continue
      if (first === '\n' || first === '\r' || indicator.test(token)) {
        if (first === ':' && key >= 0) block = key
        else if (first !== '\n' && first !== '\r') block = token.length === 1 ? column : -1
        key = -1
        continue
      }
      if (key < 0) key = column
      if (first === '"' || first === "'") this.#quoted(first)
      else if (first === '[' || first === '{') this.#collection()
      else if (first === '|' || first === '>') this.#skipLines(block, true)
      else if (!'&!*'.includes(first) && this.#text[this.#at] !== ':') this.#skipLines(block, false)
    }
    return (this.#joined + this.#text.slice(this.#done)).slice(0, -1)
  }

  #next(kind: keyof typeof tokens): string {
    const pattern = tokens[kind]
    pattern.lastIndex = this.#at
    const token = pattern.exec(this.#text)?.[0] ?? this.#text.charAt(this.#at)
    this.#at += token.length
    if (token === '\n' || token === '\r' || token === '\r\n') this.#lineStart = this.#at
    return token
  }

  /** Lines with more indentation than their block: text after `|` or `>`, or what goes on without quotes. */
  #skipLines(block: number, isLiteral: boolean): void {
    for (;;) {
      lineEnd.lastIndex = this.#at
      if (!lineEnd.test(this.#text)) return
      const start = lineEnd.lastIndex
      indentation.lastIndex = start
      indentation.test(this.#text)
      const next = this.#text.charAt(indentation.lastIndex)
      const isDeeper = indentation.lastIndex - start > block && next !== '' && !this.#isMarker(start)
      const isEmpty = next === '\n' || next === '\r'
      if (!isEmpty && (!isDeeper || (next === '#' && !isLiteral))) return
      this.#at = this.#lineStart = start
    }
  }

  #collection(): void {
    for (let depth = 1; depth > 0 && this.#at < this.#text.length;) {
      const from = this.#at
      const token = this.#next('flow')
      const first = token.charAt(0)
      if (first === '[' || first === '{') depth += 1
      else if (first === ']' || first === '}') depth -= 1
      else if (first === '"' || first === "'") this.#quoted(first)
      else if (first === '#' || token.trim() === '') this.#blank(from)
    }
  }

  #quoted(quote: '"' | "'"): void {
    while (this.#at < this.#text.length) {
      const from = this.#at
      const token = this.#next(quote)
      if (token === quote) return
      if (token.trim() === '') this.#blank(from)
    }
  }

  #blank(from: number): void {
    if (this.#isMarker(this.#at)) {
      this.#at = this.#text.length
      return
    }
    this.#joined += this.#text.slice(this.#done, from) + ' '.repeat(this.#at - from)
    this.#done = this.#at
  }

  /** Whether a document ends or begins here, at the start of a line. */
  #isMarker(at: number): boolean {
    marker.lastIndex = at
    return marker.test(this.#text) && /[\r\n]/.test(this.#text.charAt(at - 1))
  }
}

type Meaning = readonly [message: string, hint?: string]

/** What the parser says, and what it means to a person. */
const meanings: readonly (readonly [RegExp, ...Meaning])[] = [
  [/^tab characters/, 'found a tab in the indentation, expected blanks', 'indent with blanks'],
  [/^deficient indentation/, 'found a line with less indentation than what it goes on with', 'indent it'],
  [/^missed comma/, 'found no comma after an entry in brackets, expected one, or the closing bracket'],
  [/found ','/, 'found a comma without an entry before it', 'remove one of the two'],
  [/^unexpected end .* flow/, 'found the end of the file within brackets, expected the closing one'],
  [/^unexpected end .* quoted/, 'found the end of the document within quotes, expected the closing one'],
  [/verbatim tag/, 'found no end of a tag that begins with !<, expected >'],
  [/escape/, 'found a backslash before a character that does not go with it', 'write \\\\ for a backslash'],
  [/hexadecimal/, 'found too few hexadecimal digits after \\x, \\u or \\U'],
  [/^expected ':'/, 'found a key without a colon, expected one after it'],
  [/multiline key/, 'found a key that goes on over lines, expected its colon on the line where it begins'],
  [/^a whitespace/, 'found no blank after the colon of a key, expected one'],
  [
    /line break|chomping|width/,
    'found more after | or > than +, - and a digit',
    'begin the text on the next line'
  ],
  [/^duplication of a.* (?:tag|anchor)/, 'found two tags or two anchors on one value, expected one'],
  [/^alias node/, 'found an anchor or a tag on an alias, expected none'],
  [/^name of an/, 'found no name after & or *, expected one'],
  [/tag/, 'found a tag that YAML does not know', 'remove the tag'],
  [/directive/, 'found a directive of YAML that is not well formed', 'remove the line'],
  [/null byte|non-printable|JSON character/, 'found a character that YAML does not allow']
]

function explain(reason: string, text: string, at: number): Meaning {
  const [, ...meaning] = meanings.find(([pattern]) => pattern.test(reason)) ?? [undefined, '']
  if (meaning[0] !== '') return meaning
  const found = text.charAt(at)
  const before = text.slice(Math.max(0, at - 200), at)
  if (found === '') return ['found the end of the file, expected a value']
  if (/(?:^|[\r\n])[ \t]*$/.test(before)) {
    return [
      'found a line whose indentation fits nothing above it',
      'give it the indentation of its neighbours'
    ]
  }
  if (found === ':')
    return ['found a colon within a value, expected one key on a line', 'put the value in quotes']
  if (found === '#') return ['found a # that touches what is before it', 'put a blank before the comment']
  if ('@`%&*!|>,]}'.includes(found))
    return [`found ${found}, which begins no value`, 'put the value in quotes']
  if (found === '-') return ['found an item of a list on the line of its key', 'put the list below its key']
  return ['found more on a line after its value has ended', 'put the value in quotes, or on the line below']
}
