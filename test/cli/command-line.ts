import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { runCommandLine } from '../../src/cli/main.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { Redactor } from '../../src/core/redact.ts'

export const root = dirname(dirname(import.meta.dirname))

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command in this process, with folders of its own for state and output. */
export class CommandLine {
  readonly folder: string
  readonly env: Record<string, string | undefined>
  /** What is piped in. */
  stdin: string | Buffer = ''

  private constructor(folder: string) {
    this.folder = folder
    this.env = {
      PATH: process.env['PATH'],
      HOME: folder,
      CAUSEWAY_STATE: join(folder, 'state'),
      CAUSEWAY_OUT: join(folder, 'out')
    }
  }

  static async open(): Promise<CommandLine> {
    return new CommandLine(await mkdtemp(join(tmpdir(), 'causeway-')))
  }

  async run(...args: readonly string[]): Promise<Ran> {
    let out = ''
    let err = ''
    const context: CliContext = {
      root,
      env: this.env,
      redactor: new Redactor(),
      scratch: join(this.folder, 'scratch'),
      stdin: () => Readable.from([Buffer.from(this.stdin)]),
      out: text => (out += text),
      outColumns: undefined,
      err: text => (err += text),
      isTerminal: false,
      size: () => ({ columns: 100, rows: 40 }),
      signal: new AbortController().signal,
      forced: new AbortController().signal
    }
    const code = await runCommandLine(args, context)
    return { code, out, err }
  }
}
