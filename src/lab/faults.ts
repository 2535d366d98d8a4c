import { createHash } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf, UserError } from '../core/errors.ts'
import { delay } from '../core/wait.ts'
import { Duration } from '../core/duration.ts'
import { readJson } from './json-file.ts'
import { labPaths } from './paths.ts'

/** Something that shall break: the first `times` calls of a program whose arguments contain a text. */
export interface Fault {
  /** `bbl`, `bosh`, `terraform`, `create-env`, `director` …: a program, or a part of one that asks at points of its own. */
  readonly program: string
  /** Part of the arguments, joined by blanks. */
  readonly args: string
  readonly action: 'exit' | 'kill' | 'hang' | 'slow'
  /** Exit code of `exit`. @default 1 */
  readonly code?: number
  /** What `exit` says, in the words of the real failure. @default that it was broken on purpose */
  readonly message?: string
  /** How long `slow` lasts, in Go's notation. @default 2s */
  readonly delay?: string
  /** How often it happens. @default 1 */
  readonly times?: number
}

/** A fault of the kind `exit` struck. The program ends with its code; a service fails what it was doing. */
export class FaultStruck extends Error {
  readonly exitCode: number

  constructor(what: string, exitCode: number, message = `${what}: broken on purpose`) {
    super(message)
    this.name = 'FaultStruck'
    this.exitCode = exitCode
  }
}

/**
 * Asks whether the lab shall break here, and breaks: throws FaultStruck, kills this very process, never returns, or returns
 * late. Every imitation program asks at its start; longer ones ask again at points that they name in `args`. What can be
 * cancelled hands in its signal, which ends a wait.
 */
export async function faultPoint(
  lab: string,
  program: string,
  args: string,
  signal?: AbortSignal
): Promise<void> {
  const fault = takeFault(lab, program, args)
  if (fault === undefined) return
  switch (fault.action) {
    case 'exit':
      throw new FaultStruck(`${program} ${args}`.trim(), fault.code ?? 1, fault.message)
    case 'kill':
      process.kill(process.pid, 'SIGKILL')
      return hang()
    case 'hang':
      return hang(signal)
    case 'slow':
      return delay(Duration.parse(fault.delay ?? '2s'), signal)
  }
}

/** The first fault that fits and is not used up, which uses it up once. No two processes get the same one. */
export function takeFault(lab: string, program: string, args: string): Fault | undefined {
  const { faults: path, faultsUsed } = labPaths(lab)
  const faults = readFaults(path)
  if (faults.length === 0) return undefined
  const armed = statSync(path, { bigint: true }).mtimeNs
  return faults.find((fault, index) => {
    if (fault.program !== program || !args.includes(fault.args)) return false
    const id = createHash('sha256')
      .update(`${armed} ${index} ${JSON.stringify(fault)}`)
      .digest('hex')
      .slice(0, 24)
    for (let time = 1; time <= (fault.times ?? 1); time += 1) {
      if (isFirst(faultsUsed, `${id}.${time}`)) return true
    }
    return false
  })
}

function readFaults(path: string): readonly Fault[] {
  const data = readJson(path) ?? []
  if (Array.isArray(data) && data.every(isFault)) return data
  throw new UserError(
    'findings',
    `${path}: found no list of faults, expected program, args and action in each`,
    {
      hint: 'correct or remove the file'
    }
  )
}

function isFault(data: unknown): data is Fault {
  if (typeof data !== 'object' || data === null) return false
  const { program, args, action } = data as Partial<Record<keyof Fault, unknown>>
  const actions: readonly unknown[] = ['exit', 'kill', 'hang', 'slow']
  return typeof program === 'string' && typeof args === 'string' && actions.includes(action)
}

/** Creating a file that must not exist is the one step that only one process can win. */
function isFirst(folder: string, name: string): boolean {
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, name), '', { flag: 'wx' })
    return true
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'EEXIST') return false
    throw thrown
  }
}

/** A pending promise alone would let the process end: a timer keeps it. */
function hang(signal?: AbortSignal): Promise<void> {
  return delay(Duration.hours(24), signal)
}
