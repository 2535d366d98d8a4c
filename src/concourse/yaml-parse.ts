import { Composer, Parser, type CST } from 'yaml'
import type { Remark, YamlNode } from './yaml-node.ts'
import { emptyNode, TreeBuilder } from './yaml-tree.ts'

export interface YamlTree {
  readonly root: YamlNode
  /** What is wrong with the text itself. Where one is an error, `root` is not the whole document. */
  readonly remarks: readonly Remark[]
}

/**
 * Reads YAML as Concourse does: scalars and merge keys by go-yaml's rules, aliases put in place, keys turned into
 * text (https://github.com/yaml/go-yaml/tree/v2.4.4, https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go).
 * Concourse reads the first document of a file and drops the others; here a second one is an error.
 */
export function parseYaml(text: string): YamlTree {
  const tokens = [...new Parser().parse(text)]
  const deep = tooDeepAt(tokens)
  if (deep !== undefined) {
    const message = `found more than ${deepest} levels, expected a document that people can read`
    return { root: emptyNode(0), remarks: [{ code: 'too-deep', severity: 'error', message, at: deep }] }
  }
  const remarks = strangeCharacters(text)
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false
  })
  const documents = [...composer.compose(tokens, false, text.length)]
  for (const { message, pos } of documents.flatMap(document => document.errors)) {
    remarks.push({ code: 'yaml-syntax', severity: 'error', message: `no YAML: ${message}`, at: pos[0] })
  }
  const [first, second] = documents
  if (second?.contents != null) remarks.push(secondDocument(second.contents.range[0]))
  return { root: new TreeBuilder(remarks).node(first?.contents ?? null), remarks }
}

/** What composes the tokens calls itself for each level, and Node does not survive some hundreds of them. */
const deepest = 250

/** Where a document goes deeper than any pipeline does. */
function tooDeepAt(documents: readonly CST.Token[]): number | undefined {
  let level = documents.flatMap(token => (token.type === 'document' && token.value ? [token.value] : []))
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepest) return level[0]?.offset
    level = level.flatMap(valuesIn)
  }
  return undefined
}

function valuesIn(token: CST.Token): CST.Token[] {
  if (!('items' in token)) return []
  return token.items.flatMap(({ key, value }) => [key, value].filter(child => child != null))
}

function secondDocument(at: number): Remark {
  const message = 'found a second document, which Concourse drops; expected one'
  return { code: 'second-document', severity: 'error', message, hint: 'give it a file of its own', at }
}

/** What YAML 1.1 refuses as it stands, or takes for the end of a line. */
const strange = /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu

function strangeCharacters(text: string): Remark[] {
  const found = [...text.matchAll(strange)].filter(
    ({ 0: character, index }) => index > 0 || character !== '\ufeff'
  )
  return found.map(({ 0: character, index }) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return {
      code: 'strange-character',
      severity: 'error',
      message: `found the character U+${code.toUpperCase()}, which Concourse refuses or reads as the end of a line`,
      hint: `write it as \\u${code} in double quotes`,
      at: index
    }
  })
}
