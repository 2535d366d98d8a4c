import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { messageOf } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'

/** Keys and list positions from the top of the document to a value. */
export type Path = readonly (string | number)[]

interface Place {
  /** Counted from 1, as is the column. */
  readonly line: number
  readonly column: number
}

/** A YAML text as data, which still knows where each value was written. */
export interface YamlSource {
  readonly file: string
  /** The text as data; undefined where it is no YAML. */
  readonly value: unknown
  /** Why it is no YAML. */
  readonly findings: readonly Finding[]
  /** Where a value stands, or the nearest thing round it that is there. */
  placeOf(path: Path): Place
  /** Where the key of a value stands. */
  placeOfKey(path: Path): Place
  /** A value as it was written, where that was without quotes: `1.10`, not 1.1. */
  plainTextAt(path: Path): string | undefined
}

/**
 * Reads YAML as Concourse and BOSH do, by version 1.1: `yes` is a boolean, `0755` is octal, `1.10` is the number 1.1.
 * Never throws; what is wrong are its findings.
 */
export function readYaml(text: string, file: string): YamlSource {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.1',
    // A list as a key can't become data.
    stringKeys: true,
    lineCounter: lines,
    prettyErrors: false
  })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const findings = [...document.errors, ...document.warnings].map(({ message, pos }) =>
    syntaxFinding(file, message, placeAt(pos[0]))
  )
  const read = findings.length === 0 ? dataOf(document) : { value: undefined }
  if ('problem' in read) findings.push(syntaxFinding(file, read.problem, { line: 1, column: 1 }))
  return {
    file,
    value: 'value' in read ? read.value : undefined,
    findings,
    placeOf: path => placeAt(nearestNode(document, path)?.range?.[0] ?? 0),
    placeOfKey: path => placeAt((keyAt(document, path) ?? nearestNode(document, path))?.range?.[0] ?? 0),
    plainTextAt: path => {
      const node = document.getIn(path, true)
      return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined
    }
  }
}

/** `network.overlay`, `notify[0]`; empty for the whole document. */
export function formatPath(path: Path): string {
  return path.reduce<string>((shown, part) => {
    if (typeof part === 'number') return `${shown}[${part}]`
    return shown === '' ? part : `${shown}.${part}`
  }, '')
}

function syntaxFinding(file: string, message: string, place: Place): Finding {
  return {
    code: 'yaml-syntax',
    severity: 'error',
    path: '',
    message: `found text that is no YAML (${message}), expected keys and values`,
    file,
    ...place
  }
}

/** Aliases that multiply beyond all measure can't become data. */
function dataOf(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() as unknown }
  } catch (thrown) {
    return { problem: messageOf(thrown) }
  }
}

function nearestNode(document: Document, path: Path): Node | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNodeWithRange(node)) return node
  }
  return document.contents ?? undefined
}

function keyAt(document: Document, path: Path): Node | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const key = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))?.key
  return isNodeWithRange(key) ? key : undefined
}

function isNodeWithRange(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value
}
