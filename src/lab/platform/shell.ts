import { curl } from './curl.ts'
import type { ContainerNetwork } from './network.ts'
import type { Answer, Ask, LookUp } from './request.ts'
import { imageKind } from './images.ts'
import { isAddress } from './addresses.ts'
import type { Origin } from './reach.ts'
import { wget } from './wget.ts'
import { parseCommands, SyntaxProblem } from './words.ts'

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A container in which commands are run. */
export interface Shell {
  readonly network: ContainerNetwork
  readonly origin: Origin
  readonly hostname: string
  readonly env: Readonly<Record<string, string>>
  /** Addresses of names as the container's own resolver gives them; undefined for a name that it does not know. */
  readonly lookUp: LookUp
}

const done: CommandResult = { exitCode: 0, stdout: '', stderr: '' }

/** Runs a command line in a container. What is not a program of the lab's containers is not found. */
export async function runLine(shell: Shell, line: string): Promise<CommandResult> {
  try {
    let result = done
    for (const { after, words } of parseCommands(line, shell.env)) {
      const skipped =
        after === 'success' ? result.exitCode !== 0 : after === 'failure' ? result.exitCode === 0 : false
      if (!skipped) result = joined(result, await runCommand(shell, words))
    }
    return result
  } catch (thrown) {
    if (!(thrown instanceof SyntaxProblem)) throw thrown
    return { exitCode: 2, stdout: '', stderr: `sh: ${thrown.message}\n` }
  }
}

/** Runs one command, given as words. */
export async function runCommand(shell: Shell, words: readonly string[]): Promise<CommandResult> {
  const [word = '', ...args] = words
  const program = programNamed(word)
  return (await program?.(shell, args)) ?? { exitCode: 127, stdout: '', stderr: `sh: ${word}: not found\n` }
}

/** Whether the lab's containers have a program, given by its name or path. */
export function isProgram(word: string): boolean {
  return programNamed(word) !== undefined
}

type Program = (shell: Shell, args: readonly string[]) => CommandResult | Promise<CommandResult>

const runShell: Program = (shell, args) =>
  args[0] === '-c' || args[0] === '-lc' ? runLine(shell, args[1] ?? '') : done

const programs: Readonly<Record<string, Program>> = {
  sh: runShell,
  bash: runShell,
  curl: (shell, args) => curl(askerOf(shell), args),
  wget: (shell, args) => wget(askerOf(shell), args),
  nslookup: (shell, args) => nslookup(shell, args.find(arg => !arg.startsWith('-')) ?? ''),
  printenv,
  env: ({ env }) =>
    output(
      Object.entries(env)
        .map(([key, value]) => `${key}=${value}\n`)
        .join('')
    ),
  hostname: ({ hostname }) => output(`${hostname}\n`),
  echo: (_, args) => output(`${args.join(' ')}\n`),
  true: () => done,
  false: () => ({ ...done, exitCode: 1 }),
  exit: (_, args) => ({ ...done, exitCode: Number(args[0] ?? '0') & 255 })
}

function programNamed(word: string): Program | undefined {
  const name = word.split('/').at(-1) ?? ''
  return Object.hasOwn(programs, name) ? programs[name] : undefined
}

function output(stdout: string): CommandResult {
  return { ...done, stdout }
}

function joined(first: CommandResult, second: CommandResult): CommandResult {
  return {
    exitCode: second.exitCode,
    stdout: first.stdout + second.stdout,
    stderr: first.stderr + second.stderr
  }
}

function printenv({ env }: Shell, names: readonly string[]): CommandResult {
  const values = names.flatMap(name => env[name] ?? [])
  const isAll = values.length === names.length
  return { ...output(values.map(value => `${value}\n`).join('')), exitCode: isAll ? 0 : 1 }
}

function nslookup({ lookUp }: Shell, name: string): CommandResult {
  const found = lookUp(name)
  if (found === undefined) {
    return { exitCode: 1, stdout: '', stderr: `nslookup: can't resolve '${name}': Name does not resolve\n` }
  }
  return output(`Name:      ${name}\nAddress 1: ${found}\n`)
}

/** Sends requests over the network, and lets what runs there answer. */
function askerOf({ network, origin, lookUp }: Shell): Ask {
  return async ({ host, port, path }, seconds): Promise<Answer> => {
    const address = isAddress(host) ? host : lookUp(host)
    if (address === undefined) return { outcome: 'unknown-host' }
    const verdict = await network.connect(origin, address, port, seconds)
    if (verdict.outcome !== 'connected') return { outcome: verdict.outcome, address }
    const { by, source } = verdict
    if (by.kind === 'kubernetes-api') {
      const body =
        '{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Unauthorized","code":401}\n'
      return { outcome: 'answered', address, status: 401, body }
    }
    const { isProbe } = imageKind(by.container.image)
    if (!isProbe) return { outcome: 'answered', address, status: path === '/' ? 200 : 404, body: '' }
    const body = `${JSON.stringify({ peer: source, self: by.container.address })}\n`
    return { outcome: 'answered', address, status: 200, body }
  }
}
