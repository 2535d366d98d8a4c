import { isCollection, isMap as isMapNode, parseDocument, visit, type Document, type ScalarTag } from 'yaml'
import { UserError } from '../core/errors.ts'
import type { Value } from './value.ts'

/** Text that is not YAML. `line` counts from 1. */
export class YamlError extends UserError {
  readonly line: number | undefined
  readonly reason: string

  constructor(name: string, reason: string, line: number | undefined) {
    super('findings', `${line === undefined ? name : `${name}:${line}`}: ${reason}`, {
      hint: 'correct the YAML at that line'
    })
    this.name = 'YamlError'
    this.line = line
    this.reason = reason
  }
}

/**
 * Reads one YAML document as BOSH's programs do (gopkg.in/yaml.v2 v2.4.0, resolve.go): YAML 1.1's booleans and octal
 * numbers and merge keys, but times and base 60 stay text. An empty document is null.
 */
export function readYaml(text: string, name = 'yaml'): Value {
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'failsafe',
    customTags: scalarTags,
    merge: true,
    uniqueKeys: true,
    // An upstream manifest may use many anchors; a document that grows without bound is still refused by `toJS`.
    strict: true
  })
  const [problem] = document.errors
  if (problem !== undefined) {
    throw new YamlError(name, problem.message.split('\n', 1)[0] ?? problem.code, problem.linePos?.[0].line)
  }
  refuseQuestionMarks(document, text, name)
  const read: unknown = document.toJS({ maxAliasCount: 10_000 })
  return toValue(read)
}

/** Inside braces and brackets a text without quotes ends at a question mark (yaml.v2, scannerc.go). */
function refuseQuestionMarks(document: Document, text: string, name: string): void {
  if (!text.includes('?')) return
  visit(document, {
    Scalar(_, node, path) {
      if (node.type !== 'PLAIN' || node.source?.includes('?', 1) !== true) return
      const around = path.findLast(parent => isCollection(parent) && parent.flow === true)
      if (around === undefined) return
      const line = text.slice(0, node.range?.[0]).split('\n').length
      throw new YamlError(name, `did not find expected ',' or '${isMapNode(around) ? '}' : ']'}'`, line)
    }
  })
}

const nullTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:null',
  default: true,
  identify: value => value === null,
  test: /^(?:~|null|Null|NULL)?$/,
  resolve: () => null
}

const trueTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/,
  resolve: text => /^(?:y|t|on)/i.test(text)
}

const intTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+|0|[1-9][\d_]*)$/,
  resolve: readInteger
}

const floatTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/,
  resolve: text => Number(text)
}

const scalarTags: ScalarTag[] = [nullTag, trueTag, intTag, floatTag]

function readInteger(text: string): number {
  const plain = text.replaceAll('_', '')
  const negative = plain.startsWith('-')
  const digits = plain.replace(/^[-+]/, '')
  const size = /^0[bxo]/.test(digits)
    ? Number(digits)
    : /^0\d/.test(digits)
      ? parseInt(digits, 8)
      : Number(digits)
  return negative ? -size : size
}

function toValue(read: unknown): Value {
  if (Array.isArray(read)) return read.map(toValue)
  if (typeof read === 'object' && read !== null) {
    return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, toValue(value)]))
  }
  if (typeof read === 'string' || typeof read === 'number' || typeof read === 'boolean') return read
  return null
}
