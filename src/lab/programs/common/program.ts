import { existsSync } from 'node:fs'
import { labPaths } from '../../paths.ts'

/** All that a lab program may touch of its process, so that the same code runs in a test and behind a shell. */
export interface ProgramEdge {
  /** Without the interpreter and the program's own name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly isTerminal: boolean
  /** All of standard input. */
  readonly readInput: () => Promise<string>
  /** Data, to standard output. */
  readonly out: (text: string) => void
  /** Talk and failures, to standard error. */
  readonly err: (text: string) => void
}

/** A program; gives its exit code. */
export type Program = (edge: ProgramEdge) => Promise<number>

/**
 * Runs a program as this process. `load` keeps what the program needs out of the way of starting: a repave starts
 * programs by the dozen.
 */
export async function runAsProcess(
  name: string,
  host: NodeJS.Process,
  load: () => Promise<Program>
): Promise<void> {
  // Whoever reads may leave early (`bosh … | head`); like Go's programs this one then just ends.
  host.stdout.on('error', () => host.exit(141))
  const edge: ProgramEdge = {
    args: host.argv.slice(2),
    env: definedOnly(host.env),
    cwd: host.cwd(),
    isTerminal: host.stdout.isTTY,
    readInput: () => readAll(host.stdin),
    out: text => host.stdout.write(text),
    err: text => host.stderr.write(text)
  }
  host.exitCode = (await strike(name, edge)) ?? (await (await load())(edge))
}

/** Breaks here where the lab is told to; gives the exit code of a program that shall fail at its start. */
async function strike(name: string, { args, env, err }: ProgramEdge): Promise<number | undefined> {
  const lab = env['CAUSEWAY_LAB']
  if (lab === undefined || !existsSync(labPaths(lab).faults)) return undefined
  const { faultPoint, FaultStruck } = await import('../../faults.ts')
  try {
    await faultPoint(lab, name, args.join(' '))
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof FaultStruck)) throw thrown
    err(`${thrown.message}\n`)
    return thrown.exitCode
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) if (value !== undefined) result[name] = value
  return result
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}
