import { Option, type Command } from 'commander'
import { command, type SetExitCode } from './command.ts'
import type { PinOptions } from './commands/pin.ts'
import type { ReleasesOptions } from './commands/releases.ts'
import type { CliContext } from './context.ts'

/** `causeway releases` and `pin`: what changed upstream, and taking it. */
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

  command(
    program,
    'pin <upstream> <version>',
    'Writes another version of an upstream into a version set, and nothing else.',
    'causeway pin cf-deployment v58.1.0 --set current'
  )
    .requiredOption('--set <name>', 'the version set')
    .action(async (upstream: string, version: string, options: PinOptions) => {
      const { pin } = await import('./commands/pin.ts')
      await pin(context, upstream, version, options)
    })
}
