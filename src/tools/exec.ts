import { $ } from 'zx/core'
import { Duration } from '../core/duration.ts'
import { UserError } from '../core/errors.ts'
import { cutLines } from '../core/lines.ts'
import type { Log } from '../core/log.ts'
import type { Redactor } from '../core/redact.ts'
import { isSecretName } from '../core/secrets.ts'
import { interruptParts, signalGroup } from './process-group.ts'

export interface Command {
  readonly program: string
  /** Values, never shell text. */
  readonly args: readonly string[]
  readonly cwd?: string
  /** Added to the environment of every program. Secrets go here or into a file, never into `args`. */
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Whether the log shows what the program prints. A program that prints secrets or data is not echoed. @default true */
  readonly echo?: boolean
  /** Whether the log says that it is started. Steps of our own bookkeeping are not. @default true */
  readonly announce?: boolean
  /** Who is told to end when the signal cuts it short: all of it, or what it has started, so that it fails by itself. @default 'group' */
  readonly ending?: 'group' | 'parts'
}

export interface ProgramResult {
  readonly stdout: string
  readonly stderr: string
  readonly took: Duration
}

/** Starts programs. The only door to other processes that tasks have. */
export interface Programs {
  /** Runs to the end. Throws ProgramFailed for any exit code but 0, and when the signal cut it short. */
  run(command: Command): Promise<ProgramResult>
}

export interface ProgramsOptions {
  /** The environment of every program, PATH included. */
  readonly env: Readonly<Record<string, string>>
  readonly log: Log
  readonly redactor: Redactor
  /** Ends the running program: first by the signal named as the reason, then for good. */
  readonly signal?: AbortSignal
  /** Whether to start no program that has a known secret among its arguments. @default 'mask', in what is shown of them */
  readonly secretArguments?: 'mask' | 'refuse'
  /**
   * Whether programs are of our own process group, and print to where we print unless they are not echoed, as children of a Go program
   * do: whoever signals the group ends us and them. Excludes `signal`. @default false
   */
  readonly inherits?: boolean
  /** How long a program may take to end in good order. @default 8 s: Concourse kills a task 10 s after it told it to end */
  readonly killAfter?: Duration
}

/** Lines of standard error that a failure shows. */
const shownLines = 20

/** A program ended in an exit code other than 0, could not be started, or was ended by a signal. Exit code 4. */
export class ProgramFailed extends UserError {
  readonly command: string
  readonly exitCodeOfProgram: number | undefined
  readonly stderr: string
  /** Masked, as is standard error. Programs that run others tell of their failures here. */
  readonly stdout: string

  constructor(
    command: string,
    how: string,
    exitCode: number | undefined,
    stderr: string,
    hint?: string,
    stdout = ''
  ) {
    const tail = stderr.trimEnd().split('\n').slice(-shownLines).join('\n')
    super(
      'program',
      `${command}: ${how}${tail === '' ? '' : `\n${tail}`}`,
      hint === undefined ? {} : { hint }
    )
    this.name = 'ProgramFailed'
    this.command = command
    this.exitCodeOfProgram = exitCode
    this.stderr = stderr
    this.stdout = stdout
  }
}

/** Programs on this machine, started by zx with every argument as one value. */
export function createPrograms(options: ProgramsOptions): Programs {
  return { run: command => runProgram(command, options) }
}

async function runProgram(command: Command, options: ProgramsOptions): Promise<ProgramResult> {
  const { log, redactor, signal } = options
  for (const [name, value] of Object.entries(command.env ?? {})) {
    if (isSecretName(name) && !isPath(name, value)) redactor.add(value)
  }
  redactor.refresh()
  const shown = redactor.redact(pasteable(command))
  if (signal?.aborted === true)
    throw new ProgramFailed(shown, `not started (${reasonOf(signal)})`, undefined, '')
  if (options.secretArguments === 'refuse') refuseSecretArguments(command, shown, redactor)
  if (command.announce !== false) log.info(`$ ${shown}`)
  const isShown = command.echo !== false
  const output = options.inherits === true && isShown ? 'inherit' : 'pipe'
  const child = $({
    // bash reads ~/.bashrc where its input is a socket, as Node's pipes are, and it takes itself for a first shell.
    env: { ...options.env, SHLVL: '1', ...command.env },
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.input === undefined ? {} : { input: command.input }),
    stdio: [command.input === undefined ? 'ignore' : 'pipe', output, output],
    // `exec` makes the shell become the program, so that signals reach it and nothing stands between.
    prefix: 'exec ',
    postfix: '',
    quiet: true,
    nothrow: true,
    // A group of its own: Ctrl-C in a terminal reaches us alone, and we end the program in good order.
    detached: options.inherits !== true
  })`${[command.program, ...command.args]}`

  // A program may end before it has read all: how it ended tells what that means.
  if (command.input !== undefined) child.stdin.on('error', () => undefined)
  if (isShown && output === 'pipe') {
    // Each stream for itself: a piece of the other one in the midst of a line would tear a secret apart.
    for (const stream of [child.stdout, child.stderr]) {
      const lines = cutLines(line => log.raw(`${line}\n`))
      stream.on('data', (chunk: Buffer) => {
        redactor.refresh()
        lines.push(chunk)
      })
      void child.finally(() => lines.flush())
    }
  }
  const stop = endOnAbort(() => child.pid, command, options)
  try {
    const result = await child
    const took = Duration.milliseconds(Math.max(0, result.duration))
    redactor.refresh()
    const stderr = redactor.redact(result.stderr)
    if (result.exitCode === 0) return { stdout: result.stdout, stderr, took }
    const { how, hint } = explain(command, result.exitCode, result.signal, signal)
    const stdout = redactor.redact(result.stdout)
    throw new ProgramFailed(shown, how, result.exitCode ?? undefined, stderr, hint, stdout)
  } finally {
    stop()
  }
}

/** bbl gives the key of the jumpbox as the path of a file. */
function isPath(name: string, value: string): boolean {
  return name.endsWith('_KEY') && value.startsWith('/') && !value.includes('\n')
}

/** Every user of the machine can read the arguments of a program, and they are written down in many places. */
function refuseSecretArguments({ args }: Command, shown: string, redactor: Redactor): void {
  if (!args.some(argument => redactor.isIn(argument))) return
  throw new UserError(
    'refused',
    `${shown}: found a secret among its arguments, expected it in the environment or in a file`,
    { hint: 'give that value by a variable of the environment, or by a file' }
  )
}

function explain(
  { program }: Command,
  exitCode: number | null,
  endedBy: NodeJS.Signals | null,
  signal: AbortSignal | undefined
): { how: string; hint?: string } {
  if (signal?.aborted === true) return { how: `ended by us (${reasonOf(signal)})` }
  if (exitCode === 127) {
    return { how: `${program} was not found on PATH`, hint: `install ${program}, or put its folder on PATH` }
  }
  if (exitCode === 126)
    return { how: `${program} can't be executed`, hint: `chmod +x the file that ${program} is` }
  if (endedBy !== null) return { how: `ended by ${endedBy}` }
  return { how: `exit code ${exitCode ?? 'unknown'}` }
}

/** Passes an abort on to the program, and ends its whole group for good if it does not go. */
function endOnAbort(
  pidOf: () => number | undefined,
  { ending }: Command,
  { signal, killAfter = Duration.seconds(8) }: ProgramsOptions
): () => void {
  if (signal === undefined) return () => undefined
  let timer: NodeJS.Timeout | undefined
  const end = (): void => {
    const pid = pidOf()
    if (pid === undefined) return
    const reason = reasonOf(signal)
    if (ending !== 'parts' || interruptParts(pid) === 0) {
      signalGroup(pid, reason === 'SIGINT' || reason === 'SIGTERM' ? reason : 'SIGINT')
    }
    timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), killAfter.milliseconds)
  }
  signal.addEventListener('abort', end, { once: true })
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

function reasonOf(signal: AbortSignal): string {
  const reason: unknown = signal.reason
  if (typeof reason === 'string') return reason
  return reason instanceof Error ? reason.message : 'aborted'
}

/** The command as a person can paste it into a shell. */
export function pasteable(command: Command): string {
  const words = [command.program, ...command.args].map(quoteWord)
  return command.cwd === undefined ? words.join(' ') : `(cd ${quoteWord(command.cwd)} && ${words.join(' ')})`
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
