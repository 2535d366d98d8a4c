import { UserError } from '../core/errors.ts'

/** One row of a table that `bosh --json` prints: column → text. */
export type Row = Readonly<Record<string, string>>

/** Rows of every table in the output of `bosh <command> --json`. Throws a UserError where it is not that. */
export function readTables(command: string, stdout: string): Row[] {
  const parsed = parseJson(stdout)
  if (!isRecord(parsed) || !('Tables' in parsed)) throw unreadable(command, stdout)
  const tables = parsed['Tables']
  if (tables === null) return []
  if (!Array.isArray(tables)) throw unreadable(command, stdout)
  return tables.flatMap((table: unknown) => {
    const rows = isRecord(table) ? table['Rows'] : undefined
    return Array.isArray(rows) ? rows.filter(isRecord).map(toRow) : []
  })
}

function toRow(row: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, String(value)]))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unreadable(command: string, stdout: string): UserError {
  // Cut behind a whole word, for half of a secret is not known as one.
  const start = stdout.slice(0, 200).replace(stdout.length > 200 ? /\S*$/ : '', '')
  return new UserError(
    'program',
    `${command}: found ${JSON.stringify(start)}, expected the JSON of a bosh table`
  )
}
