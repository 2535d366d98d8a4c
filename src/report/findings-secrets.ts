import { isSecretName, secretIn } from '../core/secrets.ts'

/** Part of a line, as offsets: `from` belongs to it, `to` does not. */
export interface Part {
  readonly from: number
  readonly to: number
}

/** Nobody reads a longer word, and looking for secrets in one takes its time. */
const longestWord = 2000

/**
 * The parts of a line of YAML, JSON or a script that look like a secret, in their order. Rather too many than too few:
 * what is shown of a file ends up in the logs of a CI.
 */
export function secretParts(line: string): Part[] {
  return merged([...namedParts(line), ...wordParts(line), ...pemParts(line)])
}

/** The value that a line carries: behind its key, its dash or its equals sign. */
export function valuePart(line: string): Part {
  const from = /^[\s-]*(?:[^\s:=]+\s*[:=](?=\s|\S*$)\s*)?/.exec(line)?.[0].length ?? 0
  return { from, to: line.trimEnd().length }
}

/**
 * Numbers of the lines (from 1) that are part of a secret begun above them: the text below `private_key: |`, the
 * inside of a PEM block, and what is below a line that is known to carry one.
 */
export function linesInSecrets(lines: readonly string[], known: ReadonlySet<number>): Set<number> {
  const inside = new Set<number>()
  let key: number | undefined
  let pem: number | undefined
  lines.forEach((line, index) => {
    const indentation = line.search(/\S/)
    if (indentation === -1) return
    if (pem !== undefined && indentation < pem) pem = undefined
    if (key !== undefined && indentation <= key) key = undefined
    if (pem !== undefined || key !== undefined) inside.add(index + 1)
    if (line.includes('-----END ')) pem = undefined
    else if (line.includes('-----BEGIN ')) pem ??= indentation
    if (known.has(index + 1) || isSecretName(snakeCase(keyOf(line)))) key ??= line.search(/[^\s-]/)
  })
  return inside
}

function keyOf(line: string): string {
  return /^[\s-]*["']?([\w.-]{1,200})["']?\s*:(?:\s|$)/.exec(line)?.[1] ?? ''
}

/** `password: x`, `"password": "x"`, `--password=x`, `PASSWORD=x`. */
const named = /(?<![\w-])-*([A-Za-z_][\w.-]{0,100})["']?\s*[:=]\s*/g

function* namedParts(line: string): Iterable<Part> {
  const flow = line.search(/[{[]/)
  for (const match of line.matchAll(named)) {
    const [whole, name = ''] = match
    if (!isSecretName(snakeCase(name))) continue
    const from = match.index + whole.length
    const to = endOfValue(line, from, flow !== -1 && flow < from)
    if (!isHarmless(line.slice(from, to))) yield { from, to }
  }
}

/** Where a value ends: with the line; in a list or map in one line at its quote, or at the end of its place. */
function endOfValue(line: string, from: number, inFlow: boolean): number {
  if (!inFlow) return line.trimEnd().length
  const quote = line[from]
  const closing = quote === '"' || quote === "'" ? line.indexOf(quote, from + 1) : -1
  if (closing !== -1) return closing + 1
  const separator = /[,}\]]/g
  separator.lastIndex = from
  return separator.exec(line)?.index ?? line.trimEnd().length
}

/** The names of vars, and what is no text: none of them tells a secret. */
function isHarmless(value: string): boolean {
  const bare = value
    .replace(/\s#.*$/, '')
    .replace(/[\s,]+$/, '')
    .replaceAll(/^["']|["']$/g, '')
  return /^(|true|false|null|~|\(\([^()]*\)\)|\$\{?\w+\}?|[|>][-+\d]*|[{[].*)$/.test(bare)
}

function* wordParts(line: string): Iterable<Part> {
  for (const { 0: word, index } of line.matchAll(/[^\s"'`,{}[\]()<>]+/g)) {
    if (word.length > longestWord || secretIn(word) !== undefined)
      yield { from: index, to: index + word.length }
  }
}

/** A key that stands in one line. */
function* pemParts(line: string): Iterable<Part> {
  const frame = /-----BEGIN [A-Z0-9 ]+-----/.exec(line)
  if (frame !== null) yield { from: frame.index + frame[0].length, to: line.length }
}

/** `clientSecret` → `client_Secret`, since names of secrets are known by their last word. */
function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
}

function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = []
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (to <= from) continue
    if (last === undefined || from > last.to) result.push({ from, to })
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return result
}
