import type { Command } from 'commander'
import type { SetExitCode } from './command.ts'
import type { CliContext } from './context.ts'
import { addEnvironmentCommands } from './environment-commands.ts'
import { addLeaseCommands } from './lease-commands.ts'
import { addManifestCommand } from './manifest-command.ts'
import { addPipelineCommands } from './pipeline-commands.ts'
import { addReleaseCommands } from './release-commands.ts'
import { addReleasesCommands } from './releases-commands.ts'
import { addStateCommands } from './state-commands.ts'
import { addTaskCommand } from './task-command.ts'

/**
 * Every command: its words, its help, and where its work lies. What a command needs is loaded when it runs. `args` are
 * what a person typed.
 */
export function addCommands(
  program: Command,
  context: CliContext,
  args: readonly string[],
  setExitCode: SetExitCode
): void {
  addPipelineCommands(program, context, args, setExitCode)
  addReleaseCommands(program, context)
  addReleasesCommands(program, context, setExitCode)
  addManifestCommand(program, context)
  addEnvironmentCommands(program, context, setExitCode)
  addStateCommands(program, context)
  addLeaseCommands(program, context)
  addTaskCommand(program, context, setExitCode)
}
