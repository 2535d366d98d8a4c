import { spacer, text, type Cell } from './values.ts'

export interface Column {
  readonly key: string
  readonly title: string
}

export interface Table {
  readonly title?: string
  /** What the rows are: `deployments`, `vms`. */
  readonly content?: string
  readonly header: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** Columns to sort by, the first before the second. */
  readonly sortBy?: readonly { readonly column: number; readonly ascending: boolean }[]
  /** Absent is not the same as none: JSON shows null for it. */
  readonly notes?: readonly string[]
  /** Shown as `column  value` lines, one record after the other. */
  readonly transpose?: true
  /** Whether equal cells of the first column are all shown. */
  readonly fillFirstColumn?: true
}

/** A column whose key is its title in lower case, with `_` for everything but letters and digits. */
export function column(title: string): Column {
  const words = title
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
  return { key: words.join('_') || '_', title }
}

export function columns(...titles: readonly string[]): Column[] {
  return titles.map(column)
}

/** Rows in the order of `sortBy`; rows that are equal there keep theirs. */
export function sortedRows({ rows, sortBy = [] }: Table): readonly (readonly Cell[])[] {
  return [...rows].sort((left, right) => {
    for (const { column: index, ascending } of sortBy) {
      const [a, b] = [left[index], right[index]]
      const order = a === undefined || b === undefined ? 0 : a.compare(b)
      if (order !== 0) return ascending ? order : -order
    }
    return 0
  })
}

/** The table as text for people, or, with `dataOnly`, as rows cut by tabs for other programs (bosh-cli v7, ui/table). */
export function printTable(table: Table, { dataOnly }: { readonly dataOnly: boolean }): string {
  const records = sortedRows(table)
  const rows =
    table.transpose === true ? transposed(table, records, dataOnly) : withHeader(table, records, dataOnly)
  const border = dataOnly ? '\t' : '  '
  const top = dataOnly || table.title === undefined ? '' : `${table.title}\n\n`
  return top + printRows(rows, border) + (dataOnly ? '' : footer(table, records.length))
}

function withHeader(
  table: Table,
  records: readonly (readonly Cell[])[],
  dataOnly: boolean
): readonly (readonly Cell[])[] {
  if (dataOnly) return records
  const titles = table.header.map(({ title }) => text(title))
  const shown = table.fillFirstColumn === true ? records : withoutRepeats(records)
  return titles.length === 0 ? shown : [titles, ...shown]
}

function withoutRepeats(records: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  let last: string | undefined
  return records.map(([first = spacer, ...rest]) => {
    const repeated = first.text === last
    last = first.text
    return [repeated ? text('~') : first, ...rest]
  })
}

function transposed(
  table: Table,
  records: readonly (readonly Cell[])[],
  dataOnly: boolean
): readonly (readonly Cell[])[] {
  return records.flatMap((record, index) => [
    ...record.map((value, place) => {
      return dataOnly ? [value] : [text(table.header[place]?.title ?? ''), value]
    }),
    ...(index < records.length - 1 ? [dataOnly ? [spacer] : [spacer, spacer]] : [])
  ])
}

function footer({ header, notes = [], content = '' }: Table, count: number): string {
  const remarks = notes.length === 0 ? '' : `\n${notes.map(note => `${note}\n`).join('')}`
  return header.length === 0 || content === '' ? remarks : `${remarks}\n${count} ${content}\n`
}

function printRows(rows: readonly (readonly Cell[])[], border: string): string {
  const cells = rows.map(row => row.map(linesOf))
  const widths: number[] = []
  for (const row of cells) {
    for (const [index, lines] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, ...lines.map(line => Buffer.byteLength(line)))
    }
  }
  const width = (index: number): number => widths[index] ?? 0
  return rows.map((row, index) => printRow(row, cells[index] ?? [], width, border)).join('')
}

function printRow(
  row: readonly Cell[],
  cells: readonly (readonly string[])[],
  width: (index: number) => number,
  border: string
): string {
  if (row.every(({ spacer: isSpacer }) => isSpacer === true)) return '\n'
  const height = Math.max(...cells.map(lines => lines.length))
  let printed = ''
  for (let line = 0; line < height; line += 1) {
    const parts = cells.map((lines, index) => {
      const shown = lines[line] ?? ''
      const isLast = index === cells.length - 1
      return isLast ? shown : shown + ' '.repeat(Math.max(0, width(index) - Buffer.byteLength(shown)))
    })
    printed += `${parts.map(part => part + border).join('')}\n`
  }
  return printed
}

function linesOf({ text: shown }: Cell): readonly string[] {
  const lines = shown.replaceAll('\r', '').split('\n')
  return lines.length === 1 && lines[0] === '' ? ['-'] : lines
}
