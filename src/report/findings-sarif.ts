import { createHash } from 'node:crypto'
import type { Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { hasPage, moreOn } from './findings-doc.ts'
import { uriOf } from './findings-place.ts'

/** What is known of a rule, whether it found something or not. */
export interface KnownRule {
  readonly code: string
  /** One sentence. */
  readonly summary: string
  /** Page that explains it. */
  readonly doc?: string
}

export interface SarifOptions {
  /** The text of each file, where it is at hand. */
  readonly sources: ReadonlyMap<string, string>
  /** Absolute folder that files are named from: the root of the repository. */
  readonly base: string
  /** Of causeway. */
  readonly version: string
  /** Rules that are listed even where they found nothing. @default none */
  readonly rules?: readonly KnownRule[]
}

/**
 * Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with all that GitHub's
 * code scanning wants (https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning).
 */
export function findingsSarif(findings: readonly Finding[], options: SarifOptions): string {
  const rules = rulesOf(findings, options.rules ?? [])
  const indexes = new Map([...rules.keys()].map((code, index) => [code, index]))
  const fingerprintOf = fingerprints()
  const places = placesIn(options)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'causeway',
            version: options.version,
            rules: [...rules.values()].map(descriptorOf)
          }
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => ({
          ruleId: finding.code,
          ruleIndex: indexes.get(finding.code),
          level: finding.severity,
          message: { text: textOf(finding) },
          ...given('occurrenceCount', finding.more && 1 + finding.more),
          locations: [{ ...places(finding), ...logicalPlace(finding) }],
          partialFingerprints: { primaryLocationLineHash: fingerprintOf(finding) }
        }))
      }
    ]
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** The known rules, then codes of theirs that findings have besides. */
function rulesOf(findings: readonly Finding[], known: readonly KnownRule[]): Map<string, KnownRule> {
  const rules = new Map(known.map(rule => [rule.code, rule]))
  for (const { code, doc } of findings) {
    if (!rules.has(code)) rules.set(code, { code, summary: wordsOf(code), ...given('doc', doc) })
  }
  return rules
}

/** `unknown-key` → `Unknown key`. */
function wordsOf(code: string): string {
  const words = code.replaceAll('-', ' ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function descriptorOf(rule: KnownRule): object {
  const { code, summary, doc } = rule
  const more = hasPage(rule) ? moreOn(code) : doc
  return {
    id: code,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: more === undefined ? summary : `${summary}\nMore: ${more}` },
    // Only an absolute address is one: pages of the checkout stay in the text above.
    ...given('helpUri', doc !== undefined && URL.canParse(doc) ? doc : undefined)
  }
}

function textOf({ path, message, hint }: Finding): string {
  const what = path === '' ? message : `${path}: ${message}`
  return hint === undefined ? what : `${what}\nhint: ${hint}`
}

/** Where findings are, in their files. What concerns a file as a whole is put at its beginning. */
function placesIn({ base, sources }: SarifOptions): (finding: Finding) => object {
  const lines = new Map<string, readonly string[]>()
  const lineOf = (file: string, line: number): string => {
    let known = lines.get(file)
    if (known === undefined) lines.set(file, (known = (sources.get(file) ?? '').split(/\r?\n/)))
    return known[line - 1] ?? ''
  }
  return ({ file, line: startLine = 1, column: startColumn = 1 }) => {
    if (file === undefined) return {}
    const endColumn = Math.max(lineOf(file, startLine).trimEnd().length, startColumn) + 1
    const region = { startLine, startColumn, endLine: startLine, endColumn }
    return { physicalLocation: { artifactLocation: { uri: uriOf(base, file) }, region } }
  }
}

function logicalPlace({ path }: Finding): object {
  return path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }
}

/**
 * What stays the same where lines move: the code and the path, and which of several alike in one file. The name of
 * the fingerprint is the only one that GitHub looks at.
 */
function fingerprints(): (finding: Finding) => string {
  const seen = new Map<string, number>()
  return ({ code, path, file = '' }) => {
    const key = `${file}\n${code}\n${path}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return `${createHash('sha256').update(`${code}\n${path}`).digest('hex').slice(0, 16)}:${count}`
  }
}
