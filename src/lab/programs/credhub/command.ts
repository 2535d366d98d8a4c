import type { CommandLine } from '../common/go-flags.ts'
import type { ProgramEdge } from '../common/program.ts'

/** What a command does; throws a CredhubError where it can't. */
export type Command = (edge: ProgramEdge, line: CommandLine) => Promise<void>
