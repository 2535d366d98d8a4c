import { Option, type Command } from 'commander'
import { command } from './command.ts'
import type { SetExitCode } from './commands.ts'
import type { ReleasesOptions } from './commands/releases.ts'
import type { CliContext } from './context.ts'

/** `causeway releases`: what changed upstream. */
export function addReleasesCommands(program: Command, context: CliContext, setExitCode: SetExitCode): void {
  command(
    program,
    'releases',
    'Shows what changed upstream since the pinned versions, and what nobody can tell.',
    'causeway releases',
    'GITHUB_TOKEN=… causeway releases --set current --format json'
  )
    .option('--set <name>', 'only this version set')
    .addOption(
      new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')
    )
    .action(async (options: ReleasesOptions) => {
      const { releases } = await import('./commands/releases.ts')
      setExitCode(await releases(context, options))
    })
}
