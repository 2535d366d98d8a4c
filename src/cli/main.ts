import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { Command, CommanderError } from 'commander'
import { exitCodes } from '../core/errors.ts'
import { Redactor } from '../core/redact.ts'
import { isSecretName } from '../core/secrets.ts'
import type { CliContext } from './context.ts'
import { addCommands } from './commands.ts'
import { showError } from './show-error.ts'
import { versionOf } from './version.ts'

/** The process: streams, signals, exit code. `root` is the checkout that it belongs to. */
export async function main(root: string): Promise<void> {
  const stopping = new AbortController()
  const forcing = new AbortController()
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) forcing.abort(signal)
    else stopping.abort(signal)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  const redactor = new Redactor()
  for (const [name, value] of Object.entries(process.env)) if (isSecretName(name)) redactor.add(value)
  const scratch = join(tmpdir(), `causeway-${process.pid}`)
  const context: CliContext = {
    root,
    env: process.env,
    redactor,
    scratch,
    stdin: () => addAbortSignal(stopping.signal, process.stdin),
    out: text => process.stdout.write(text),
    outColumns: process.stdout.isTTY ? process.stdout.columns : undefined,
    err: text => process.stderr.write(redactor.redact(text)),
    isTerminal: process.stderr.isTTY,
    size: () => ({ columns: process.stderr.columns, rows: process.stderr.rows }),
    signal: stopping.signal,
    forced: forcing.signal
  }
  // A reader that closes early (`causeway … | head`) is no error of ours.
  process.stdout.on('error', () => undefined)
  try {
    process.exitCode = await runCommandLine(process.argv.slice(2), context)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
}

/** Runs one command and gives its exit code; prints any error by the context. */
export async function runCommandLine(args: readonly string[], context: CliContext): Promise<number> {
  let exitCode: number = exitCodes.done
  const program = new Command('causeway')
  program
    .description(
      'Paves, connects, tests, repaves and tears down playgrounds of Cloud Foundry and CFCR on one SILK network.'
    )
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showSuggestionAfterError()
    .showHelpAfterError('hint: causeway --help lists the commands')
    .option('--version', 'shows the version')
    .on('option:version', () => {
      context.out(`causeway ${versionOf(context.root)}\n`)
      throw new CommanderError(0, 'commander.version', '')
    })
  addCommands(program, context, args, code => (exitCode = code))
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage
    const shown = await showError(context, thrown)
    context.err(shown.text)
    return shown.exitCode
  }
}
