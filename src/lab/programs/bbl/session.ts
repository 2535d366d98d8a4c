import { createLog } from '../../../core/log.ts'
import { Redactor } from '../../../core/redact.ts'
import {
  createPrograms,
  ProgramFailed,
  type Command,
  type ProgramResult,
  type Programs
} from '../../../tools/exec.ts'
import type { ProgramEdge } from '../common/program.ts'
import type { BblVersion } from '../../pace.ts'
import { BblError } from './bbl-error.ts'
import type { Globals } from './global-flags.ts'
import { StateDir, type BblState } from './state.ts'

/** What one call of bbl works with. */
export interface Session {
  readonly edge: ProgramEdge
  readonly globals: Globals
  /** The command's own arguments. */
  readonly args: readonly string[]
  readonly dir: StateDir
  readonly state: BblState
  /** Which bbl this one imitates. */
  readonly version: BblVersion
  /** The lab's folder. Throws where there is none. */
  readonly lab: () => string
  /** `step: creating jumpbox` */
  readonly step: (words: string) => void
  readonly print: (line: string) => void
  readonly warn: (line: string) => void
  /** Asks a person; `--no-confirm` answers yes. */
  readonly confirm: (question: string) => Promise<boolean>
  /** Starts a program that prints what it likes; `env` is added to bbl's own. Throws what bbl says of its failure. */
  readonly run: (
    program: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>
  ) => Promise<void>
  /** As `run`, but only what it says of its failure is shown (bbl v9.0.48, bosh/cli.go). */
  readonly runQuietly: (
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>
  ) => Promise<void>
  /** Starts a program and gives what it prints. */
  readonly ask: (program: string, args: readonly string[]) => Promise<string>
}

export function createSession(
  edge: ProgramEdge,
  globals: Globals,
  args: readonly string[],
  state: BblState,
  version: BblVersion
): Session {
  const programs = childrenOf(edge)
  const start = (command: Command): Promise<ProgramResult> =>
    programs.run(command).catch((thrown: unknown) => {
      if (!(thrown instanceof ProgramFailed)) throw thrown
      throw new BblError(`exit status ${thrown.exitCodeOfProgram ?? 1}`)
    })
  return {
    edge,
    globals,
    args,
    dir: new StateDir(globals.stateDir),
    state,
    version,
    lab: () => {
      const lab = edge.env['CAUSEWAY_LAB']
      if (lab === undefined || lab === '') {
        throw new BblError('CAUSEWAY_LAB names no lab: this bbl is the imitation, and is started by causeway')
      }
      return lab
    },
    step: words => edge.out(`step: ${words}\n`),
    print: line => edge.out(`${line}\n`),
    warn: line => edge.err(`${line}\n`),
    confirm: async question => {
      if (globals.noConfirm) return true
      edge.out(`${question} (y/N): `)
      const answer = (await edge.readInput()).split('\n', 1)[0] ?? ''
      return ['y', 'yes'].includes(answer.trim().toLowerCase())
    },
    run: async (program, programArgs, env = {}) => {
      await start({ program, args: programArgs, cwd: edge.cwd, env, echo: true })
    },
    runQuietly: async (program, programArgs, env) => {
      await programs
        .run({ program, args: programArgs, cwd: edge.cwd, env, echo: false })
        .catch((thrown: unknown) => {
          if (!(thrown instanceof ProgramFailed)) throw thrown
          edge.err(thrown.stderr)
          throw new BblError(`exit status ${thrown.exitCodeOfProgram ?? 1}`)
        })
    },
    ask: async (program, programArgs) => {
      const { stdout } = await start({ program, args: programArgs, cwd: edge.cwd, echo: false })
      return stdout
    }
  }
}

/** Programs of bbl's own process group, whose output passes through as it is: bbl says nothing of the command. */
function childrenOf(edge: ProgramEdge): Programs {
  const log = createLog(() => undefined)
  return createPrograms({ env: edge.env, log, redactor: new Redactor(), inherits: true })
}
