import { goJson } from '../common/go-json.ts'
import type { ProgramEdge } from '../common/program.ts'
import { BoshError } from './bosh-error.ts'
import { printTable, sortedRows, type Table } from './table.ts'

export interface UiOptions {
  readonly json: boolean
  /** Shows what is meant for people also where no terminal is. */
  readonly forceTerminal: boolean
  readonly nonInteractive: boolean
  /** Keys of the columns to show; all of them where none is named. */
  readonly columns: readonly string[]
}

interface JsonTable {
  readonly Content: string
  readonly Header: Readonly<Record<string, string>>
  readonly Rows: readonly Readonly<Record<string, string>>[]
  readonly Notes: readonly string[] | null
}

/** What stood last on the screen, for the empty lines between unlike things (bosh-cli v7, ui/padding_ui.go). */
type Padding = 'none' | 'raw' | 'auto'

/**
 * The screen of BOSH's CLI. Where standard output is no terminal, lines for people are left out and tables are cut by
 * tabs; with `--json` everything, failures included, is one JSON object at the end (bosh-cli v7, ui/).
 */
export class Ui {
  readonly #edge: ProgramEdge
  readonly #options: UiOptions
  #padding: Padding = 'none'
  #tables: JsonTable[] | null = null
  #blocks: string[] | null = null
  #lines: string[] | null = null

  constructor(edge: ProgramEdge, options: UiOptions) {
    this.#edge = edge
    this.#options = options
  }

  /** A whole line for people. */
  line(text: string): void {
    if (this.#options.json) this.#keepLine(text)
    else if (this.#forPeople()) this.#write('auto', `${text}\n`)
  }

  /** Part of a line for people. */
  begin(text: string): void {
    if (this.#options.json) this.#keepLine(text)
    else if (this.#forPeople()) this.#write('raw', text)
  }

  /** As `begin`, and ends the line. */
  end(text: string): void {
    if (this.#options.json) this.#keepLine(text)
    else if (this.#forPeople()) this.#write('raw', `${text}\n`)
  }

  /** Data, shown as it is; in JSON each part is one of its own. */
  block(...parts: readonly string[]): void {
    if (this.#options.json) this.#blocks = [...(this.#blocks ?? []), ...parts]
    else this.#write('raw', parts.join(''))
  }

  errorLine(text: string): void {
    if (this.#options.json) {
      this.#keepLine(text)
      return
    }
    this.#pad('auto')
    this.#edge.err(`${text}\n`)
  }

  table(table: Table): void {
    const shown = this.#withColumns(table)
    if (this.#options.json) this.#tables = [...(this.#tables ?? []), toJson(shown)]
    else this.#write('auto', printTable(shown, { dataOnly: !this.#forPeople() }))
  }

  /** Asks whether to go on, unless nobody is to be asked. */
  async confirm(): Promise<void> {
    const { json, nonInteractive } = this.#options
    if (nonInteractive) return
    if (json) throw new BoshError('Cannot ask for confirmation in JSON UI')
    this.#pad('auto')
    this.#edge.out('Continue? [yN]: ')
    const [answer = ''] = (await this.#edge.readInput()).split('\n')
    if (answer === '') throw new BoshError('Asking for confirmation', [new Error('EOF')])
    if (!/^y(es)?$/i.test(answer.trim())) throw new BoshError('Stopped')
  }

  /** Prints the JSON, where there is any. */
  flush(): void {
    if (!this.#options.json) return
    const [tables, blocks, lines] = [this.#tables, this.#blocks, this.#lines]
    if (tables === null && blocks === null && lines === null) return
    this.#edge.out(goJson({ Tables: tables, Blocks: blocks, Lines: lines }))
  }

  #forPeople(): boolean {
    return this.#edge.isTerminal || this.#options.forceTerminal
  }

  #keepLine(text: string): void {
    this.#lines = [...(this.#lines ?? []), text]
  }

  #write(padding: Padding, text: string): void {
    this.#pad(padding)
    this.#edge.out(text)
  }

  #pad(padding: Padding): void {
    const isRun = this.#padding === 'raw' && padding === 'raw'
    if (this.#padding !== 'none' && !isRun) this.#edge.out('\n')
    this.#padding = padding
  }

  #withColumns(table: Table): Table {
    const { columns } = this.#options
    if (columns.length === 0) return table
    const unknown = columns.find(key => !table.header.some(column => column.key === key))
    if (unknown !== undefined) this.block(`Failed to find header: ${unknown}`)
    const kept = table.header.flatMap((column, index) => (columns.includes(column.key) ? [index] : []))
    const pick = <T>(row: readonly T[]): T[] => row.filter((_, index) => kept.includes(index))
    return { ...table, header: pick(table.header), rows: sortedRows(table).map(pick), sortBy: [] }
  }
}

function toJson(table: Table): JsonTable {
  return {
    Content: table.content ?? '',
    Header: Object.fromEntries(sorted(table.header.map(({ key, title }) => [key, title]))),
    Rows: sortedRows(table).map(row =>
      Object.fromEntries(sorted(table.header.map(({ key }, index) => [key, row[index]?.text ?? ''])))
    ),
    Notes: table.notes ?? null
  }
}

function sorted(entries: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return [...entries].sort(([left], [right]) => (left < right ? -1 : 1))
}
