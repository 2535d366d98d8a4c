import { FindingsError, type Finding } from './finding.ts'
import { messageOf } from './errors.ts'

/** One flow that was tried. */
export interface CellResult {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly proves: string
  readonly command: string
  /** Whether it had to get through: `passes` or `fails`. */
  readonly expected: string
  /** `pass` where it went as expected, `flake` where it did so only when it was tried again. */
  readonly verdict: 'pass' | 'flake' | 'fail' | 'skip'
  /** How often it was tried, where that was more than once. */
  readonly tries?: number
  /** The address that the peer saw. */
  readonly source?: string
  readonly tookMillis: number
  /** What was seen, in a sentence. */
  readonly detail: string
}

/** `results.json` of a run of the connectivity matrix: what tests it writes, and what reports it reads. */
export interface MatrixResults {
  readonly environment?: string
  readonly network?: string
  readonly cells: readonly CellResult[]
}

type TextKey = 'id' | 'from' | 'to' | 'proves' | 'command' | 'expected' | 'detail'
const verdicts = ['pass', 'flake', 'fail', 'skip'] as const

/** Reads `results.json`. Throws a FindingsError with every cell that can't be read. */
export function readResults(text: string, file: string): MatrixResults {
  const findings: Finding[] = []
  const wrong = (path: string, message: string): void => {
    findings.push({ code: 'wrong-results', severity: 'error', path, message, file })
  }
  const results = parse(text, problem =>
    wrong('', `found text that is no JSON (${problem}), expected results`)
  )
  const cells = results['cells']
  if (findings.length === 0 && !Array.isArray(cells)) wrong('cells', 'found no list, expected the cells')
  const read = (Array.isArray(cells) ? cells : []).map((cell, index) =>
    readCell(fieldsOf(cell), `cells[${index}]`, wrong)
  )
  if (findings.length > 0) throw new FindingsError(findings)
  const { environment, network } = results
  return {
    ...(typeof environment === 'string' ? { environment } : {}),
    ...(typeof network === 'string' ? { network } : {}),
    cells: read
  }
}

function readCell(
  cell: Readonly<Record<string, unknown>>,
  path: string,
  wrong: (path: string, message: string) => void
): CellResult {
  const { tookMillis, source, tries } = cell
  const verdict = verdicts.find(known => known === cell['verdict'])
  const text = (key: TextKey): string => {
    const value = cell[key]
    if (typeof value === 'string') return value
    wrong(`${path}.${key}`, 'found no text, expected one')
    return ''
  }
  if (typeof tookMillis !== 'number') wrong(`${path}.tookMillis`, 'found no number, expected milliseconds')
  if (verdict === undefined) wrong(`${path}.verdict`, `expected one of ${verdicts.join(', ')}`)
  return {
    id: text('id'),
    from: text('from'),
    to: text('to'),
    proves: text('proves'),
    command: text('command'),
    expected: text('expected'),
    verdict: verdict ?? 'fail',
    ...(typeof tries === 'number' ? { tries } : {}),
    ...(typeof source === 'string' ? { source } : {}),
    tookMillis: typeof tookMillis === 'number' ? tookMillis : 0,
    detail: text('detail')
  }
}

function parse(text: string, problem: (message: string) => void): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text))
  } catch (thrown) {
    problem(messageOf(thrown))
    return {}
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

/** The text of `results.json`, with its keys always in the same order. */
export function resultsText({ environment, network, cells }: MatrixResults): string {
  const ordered = cells.map(
    ({ id, from, to, proves, command, expected, verdict, tries, source, tookMillis, detail }) => ({
      id,
      from,
      to,
      proves,
      command,
      expected,
      verdict,
      tries,
      source,
      tookMillis,
      detail
    })
  )
  return `${JSON.stringify({ environment, network, cells: ordered }, null, 2)}\n`
}

/** How many cells went how. */
export function countsOf({ cells }: MatrixResults): Readonly<Record<CellResult['verdict'], number>> {
  const count = (verdict: CellResult['verdict']): number =>
    cells.filter(cell => cell.verdict === verdict).length
  return { pass: count('pass'), flake: count('flake'), fail: count('fail'), skip: count('skip') }
}
