import { Argument, Option, type Command } from 'commander'
import { command } from './command.ts'
import type { ManifestOptions } from './commands/manifest.ts'
import type { CliContext } from './context.ts'

/** `causeway manifest`: what a repave deploys. */
export function addManifestCommand(program: Command, context: CliContext): void {
  command(
    program,
    'manifest',
    'Prints the manifest of CF or CFCR as a repave deploys it. Needs no bosh.',
    'causeway manifest cfcr --env lab --from ../kubo-deployment',
    'causeway manifest cf --env lab --from ../cf-deployment --explain'
  )
    .addArgument(new Argument('<deployment>', 'which one').choices(['cf', 'cfcr']))
    .requiredOption('--env <name>', 'environment')
    .option(
      '--from <folder>',
      'checkout of kubo-deployment or cf-deployment; else the folder of that name beside this one'
    )
    .option('--explain', 'says instead which operation of which ops file did what')
    .addOption(
      new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')
    )
    .action(async (deployment: 'cf' | 'cfcr', options: ManifestOptions) => {
      const { manifest } = await import('./commands/manifest.ts')
      await manifest(context, deployment, options)
    })
}
