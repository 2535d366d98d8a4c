import { join } from 'node:path'
import type { Redactor } from '../core/redact.ts'

/** What a command is handed of the process that runs it, so that it can be run inside a test as well. */
export interface CliContext {
  /** The checkout. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Knows the secrets that the command has come across. Errors and progress go through it. */
  readonly redactor: Redactor
  /** A folder for what goes with the command, made when it is needed. */
  readonly scratch: string
  /** What is piped in. */
  readonly stdin: () => AsyncIterable<Uint8Array>
  /** Data. */
  readonly out: (text: string) => void
  /** Columns of the terminal that data goes to, when the command began; undefined where it goes to a file or a pipe. */
  readonly outColumns: number | undefined
  /** Progress and errors. */
  readonly err: (text: string) => void
  /** Whether a person watches the progress. */
  readonly isTerminal: boolean
  /** Of that terminal. A person may change it at any time. */
  readonly size: () => { readonly columns: number; readonly rows: number }
  /** Aborted by Ctrl-C or SIGTERM, with the signal's name as the reason. */
  readonly signal: AbortSignal
  /** Aborted by the second of them: hooks that still run are ended too. */
  readonly forced: AbortSignal
}

/** Where the records and version sets lie: the checkout's own, unless a team keeps them elsewhere. */
export function recordsFolder({ root, env }: CliContext): string {
  return env['CAUSEWAY_RECORDS'] ?? join(root, 'env')
}

/** Where runs, local repositories, the lab and caches lie. */
export function stateFolder({ root, env }: CliContext): string {
  return env['CAUSEWAY_STATE'] ?? join(root, '.causeway')
}

/** Where what is emitted lies. */
export function outFolder({ root, env }: CliContext): string {
  return env['CAUSEWAY_OUT'] ?? join(root, 'out')
}
