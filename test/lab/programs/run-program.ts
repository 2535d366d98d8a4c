import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Program } from '../../../src/lab/programs/common/program.ts'
import { builtPrograms } from './built.ts'

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string
}

/** Runs a program in this process, as its entry file would: the same code, without another start of node. */
export async function run(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env = {}, cwd = '/', input = '' } = options
  let [stdout, stderr] = ['', '']
  const exitCode = await program({
    args,
    env,
    cwd,
    isTerminal: false,
    readInput: () => Promise.resolve(input),
    out: text => {
      stdout += text
    },
    err: text => {
      stderr += text
    }
  })
  return { exitCode, stdout, stderr }
}

/** As `run`; the test fails where the program does. Gives its standard output. */
export async function succeed(
  program: Program,
  args: readonly string[],
  options: RunOptions = {}
): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, args, options)
  expect({ args, exitCode, stderr }).toMatchObject({ exitCode: 0 })
  return stdout
}

/** Starts a program as a process of its own: one of the lab's by its name, or any other one by its path. */
export function start(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env = {}, cwd = '/', input = '' } = options
  const entry = join(builtPrograms, `${program}.js`)
  const [command, own] = program.startsWith('/') ? [program, []] : [process.execPath, [entry]]
  return new Promise((done, failed) => {
    const child = spawn(command, [...own, ...args], { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.on('error', failed)
    child.on('close', code => done({ exitCode: code ?? -1, stdout, stderr }))
    child.stdin.end(input)
  })
}
