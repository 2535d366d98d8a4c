import { COLLECTION_STYLE, EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException, type Event } from 'js-yaml'
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
 * Concourse reads the first document of a file and drops the others, and all below a line that begins left of the
 * first; here both are errors.
 *
 * The parser below reads YAML 1.2. Where that differs from go-yaml, this file makes up for it, but for what no pipeline
 * has: refused here are `*a: b` as a key, `[a:]` as text and `\'` in double quotes; taken here are blanks before the
 * first `---`, `...` above the first document, and some tabs within brackets; an escaped line end swallows empty lines.
 */
export function parseYaml(text: string): YamlTree {
  const remark = refusal(text)
  if (remark !== undefined) return refused(remark)
  const events = eventsIn(text)
  if (!Array.isArray(events)) return refused(events)
  const difference = unlikeGo(text, events)
  if (difference !== undefined) return refused(difference)
  const remarks: Remark[] = []
  const root = new TreeBuilder(text, remarks).build(events)
  const second = secondDocument(events)
  if (second !== undefined) remarks.push(second)
  return { root, remarks, comments: commentsIn(text, events) }
}

function refused(remark: Remark): YamlTree {
  return { root: emptyNode(remark.at), remarks: [remark], comments: [] }
}

/**
 * A pipeline of 5,000 jobs has some 4 million characters and some 300,000 values. What keeps below these limits can be
 * held in memory, whatever it says.
 */
const [longest, mostValues] = [6 * 1024 * 1024, 1_000_000]

/** What stands against reading the text before its grammar is looked at. */
function refusal(text: string): Remark | undefined {
  if (text.length > longest) return tooLarge(`${text.length} characters, expected at most ${longest}`)
  const values = text.length > mostValues ? valuesIn(text) : 0
  if (values > mostValues) return tooLarge(`some ${values} values, expected at most ${mostValues}`)
  return strangeCharacter(text) ?? strangeDirective(text)
}

function tooLarge(what: string): Remark {
  return {
    code: 'too-large',
    severity: 'error',
    message: `found ${what}: no pipeline is as large as that`,
    at: 0
  }
}

/** Not fewer than there are, but for a small factor: each stands on its own line, or after one of these signs. */
function valuesIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === lineFeed || code === comma || code === openBracket || code === openBrace) count += 1
    else if ((code === dash || code === questionMark) && text.charCodeAt(at + 1) <= blank) count += 1
  }
  return count
}

const [lineFeed, blank, comma, dash, questionMark, openBracket, openBrace] = [10, 32, 44, 45, 63, 91, 123]

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

/** A line that may stand above a document, a directive that go-yaml knows among them. */
const prologue = /[ \t]*(?:#.*)?(?:\r\n?|\n)|%(?:YAML[ \t]+1\.1|TAG)(?!\S).*(?:\r\n?|\n)/y

function strangeDirective(text: string): Remark | undefined {
  let at = text.startsWith('\ufeff') ? 1 : 0
  do prologue.lastIndex = at
  while (prologue.test(text) && (at = prologue.lastIndex) > 0)
  if (text[at] !== '%') return undefined
  const message = `found ${restOfLine(text, at).slice(0, 40)}, expected %YAML 1.1 or %TAG alone`
  return { code: 'yaml-syntax', severity: 'error', message, hint: 'remove the line', at }
}

/** More comments than these that touch what is before them are an error. */
const mostRepairs = 20

function eventsIn(text: string): Event[] | Remark {
  let repaired = text
  let result = parsed(text)
  for (let repairs = 0; !Array.isArray(result) && repairs < mostRepairs; repairs += 1) {
    const next = repair(repaired, result)
    if (next === repaired) break
    repaired = next
    result = parsed(repaired)
  }
  if (!Array.isArray(result)) return explained(result, text)
  return repaired === text ? result : split(result, text)
}

/** What go-yaml takes and the parser does not, written as both do, and each character at its place. */
function repair(text: string, { reason, at }: Failure): string {
  // Within brackets and quotes go-yaml lets a line begin anywhere.
  if (reason === 'deficient indentation') return joinFlowLines(text)
  // To go-yaml a comment may touch what is before it.
  if (text[at] !== '#' || text[at - 1] === ':') return text
  const { length } = restOfLine(text, at)
  return text.slice(0, at) + ' '.repeat(length) + text.slice(at + length)
}

/** Tells the scalars apart that are on one line only since their lines were joined. */
function split(events: Event[], text: string): Event[] | Remark {
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || !event.fast) continue
    const written = text.slice(event.valueStart, event.valueEnd)
    if (!/[\r\n]/.test(written)) continue
    const comment = event.style === SCALAR_STYLE.PLAIN ? written.search(/\s#/) : -1
    if (comment >= 0) return explained({ reason: 'missed comma', at: event.valueStart + comment + 1 }, text)
    event.fast = false
  }
  return events
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

function explained({ reason, at }: Failure, text: string): Remark {
  if (reason.startsWith('nesting exceeded')) return tooDeep(at)
  const [message, hint] = explain(reason, text, at)
  return { code: 'yaml-syntax', severity: 'error', message, ...(hint !== undefined && { hint }), at }
}

/**
 * The first thing in the document that the parser takes and go-yaml does not, or reads as something else
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/scannerc.go).
 */
function unlikeGo(text: string, events: readonly Event[]): Remark | undefined {
  const isTabbed = text.includes('\t')
  const inBrackets: boolean[] = []
  const last = events.findIndex(({ type }, index) => index > 0 && type === EVENT_ID.DOCUMENT)
  let gap: Gap = { from: 0, after: 'nothing' }
  for (const event of last < 0 ? events : events.slice(0, last)) {
    const isFlow = inBrackets.at(-1) === true
    if (event.type === EVENT_ID.POP) {
      if (inBrackets.pop() === true) gap = { from: gap.from, after: 'brackets' }
      continue
    }
    if (event.type === EVENT_ID.SCALAR) {
      const remark = strangeScalar(text, event, isFlow)
      if (remark !== undefined) return remark
      if (isTabbed && inBrackets.includes(false) && event.style === SCALAR_STYLE.PLAIN) {
        tabbedLine.lastIndex = Math.max(0, event.valueEnd)
        if (tabbedLine.test(text)) return tabRemark(tabbedLine.lastIndex - 1)
      }
    }
    const [start, end] = extent(event)
    if (start < 0) continue
    const tab = isTabbed && !isFlow ? strangeTab(text, gap, start) : -1
    if (tab >= 0) return tabRemark(tab)
    gap = {
      from: end,
      after: event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN ? 'plain' : 'nothing'
    }
    if ('start' in event) inBrackets.push(event.style === COLLECTION_STYLE.FLOW)
  }
  const tab = isTabbed && last < 0 ? strangeTab(text, gap, text.length) : -1
  return tab < 0 ? undefined : tabRemark(tab)
}

/** What go-yaml does not take below text without quotes. */
const tabbedLine = /(?:[ \t]*[\r\n])+\t/y

/** Where nothing of a document stands, and what comes before it. */
interface Gap {
  readonly from: number
  readonly after: 'plain' | 'brackets' | 'nothing'
}

function extent(event: Event): readonly [start: number, end: number] {
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      const isQuoted =
        event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
      return [event.valueStart, event.valueEnd + (isQuoted ? 1 : 0)]
    }
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return [event.start, event.start]
    case EVENT_ID.ALIAS:
      return [event.anchorStart, event.anchorEnd]
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return [-1, -1]
  }
}

/** Go-yaml takes a tab for a blank only where no key can begin. */
function strangeTab(text: string, { from, after }: Gap, to: number): number {
  const start =
    after === 'brackets' ? Math.max(from, text.lastIndexOf(']', to - 1), text.lastIndexOf('}', to - 1)) : from
  const base = after === 'brackets' ? start : Math.max(0, start - 1)
  const gap = text.slice(base, to)
  if (!gap.includes('\t')) return -1
  const bare = gap.replace(/#[^\r\n]*/g, comment => ' '.repeat(comment.length))
  // What goes on without quotes swallows such lines itself, if they are indented.
  const found = (after === 'plain' ? /[\r\n]\t|(?<=\s)[-?] *\t/ : /(?:^|[\r\n]) *\t|(?<!\S)[-?] *\t/).exec(
    bare
  )
  return found === null ? -1 : base + found.index + found[0].length - 1
}

function tabRemark(at: number): Remark {
  const message = 'found a tab where a key or a value may begin, expected blanks'
  return { code: 'yaml-syntax', severity: 'error', message, hint: 'replace the tab', at }
}

/** The longest way from the begin of a key to its colon. */
const longestKey = 1024

function strangeScalar(text: string, event: ScalarEvent, isFlow: boolean): Remark | undefined {
  const { valueStart, valueEnd, style, fast } = event
  if (valueStart < 0) return undefined
  const at = style === SCALAR_STYLE.PLAIN ? valueStart : valueStart - 1
  if (style === SCALAR_STYLE.DOUBLE_QUOTED && !fast) {
    const wrong = surrogateAt(text.slice(valueStart, valueEnd))
    if (wrong >= 0) return surrogate(valueStart + wrong)
  }
  if (!isFlow && valueEnd - valueStart < longestKey - 100) return undefined
  if (isFlow && style === SCALAR_STYLE.PLAIN) {
    const written = text.slice(valueStart, valueEnd)
    if (written.includes('?'))
      return inBrackets('found a ? without quotes in brackets', valueStart + written.indexOf('?'))
    if (written.startsWith(':')) return inBrackets('found a colon that nothing is before', valueStart)
    if (text[valueEnd] === ':' && ',[]{}'.includes(text.charAt(valueEnd + 1))) {
      return inBrackets('found a colon without a blank after it', valueEnd)
    }
  }
  colon.lastIndex = valueEnd
  if (!colon.test(text) || /[?]\s*$/.test(text.slice(Math.max(0, at - 100), at))) return undefined
  const key = text.slice(at, colon.lastIndex)
  if (!/[\r\n]/.test(key) && key.length <= longestKey + 1) return undefined
  const message = `found a key whose colon is not on its line, or more than ${longestKey} characters away`
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message,
    hint: 'put a question mark and a blank before the key',
    at
  }
}

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>

const colon = /["']?\s*:(?=[\s,[\]{}"'])/y

function inBrackets(message: string, at: number): Remark {
  return { code: 'yaml-syntax', severity: 'error', message, hint: 'put the text in quotes', at }
}

/** Where half of a surrogate pair or what is beyond Unicode is written as an escape. */
function surrogateAt(written: string): number {
  for (const { 0: escape, index } of written.matchAll(/\\(?:u[^]{4}|U[^]{8}|[^])/g)) {
    if (escape.length === 2) continue
    const point = Number.parseInt(escape.slice(2), 16)
    if ((point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return index
  }
  return -1
}

function surrogate(at: number): Remark {
  const message = 'found an escape of half a character, as JSON has it, which YAML does not'
  return { code: 'yaml-syntax', severity: 'error', message, hint: 'write the character itself', at }
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
      if (first === ' ' || first === '\t' || first === '#' || first === '%') {
        // The parser takes a tab before brackets for indentation.
        if (column > 0 && token.trim() === '') this.#blank(this.#at - token.length)
        continue
      }
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
      this.#at = lineEnd.exec(this.#text)?.index ?? this.#text.length
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
