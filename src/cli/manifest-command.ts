import { Argument, Option, type Command } from 'commander'
import { command } from './command.ts'
import type { ManifestOptions } from './commands/manifest.ts'
import type { CliContext } from './context.ts'

/** `causeway manifest`: what would be deployed. */
export function addManifestCommand(program: Command, context: CliContext): void {
  command(
    program,
    'manifest',
    'Prints the manifest of CF or CFCR on one SILK network, as it goes to the Director. Needs no bosh.',
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
    .option(
      '--release <version>',
      'the customized release of CFCR, or none; else that of the version set with our job as it is now'
    )
    .option('--release-url <url>', 'where the Director finds it; else it has to have it')
    .addOption(
      new Option('--link <how>', "how CFCR's workers learn of the network")
        .choices(['shared', 'by-hand'])
        .default('shared')
    )
    .option('--small', 'one instance of each group of CF, in one zone')
    .addOption(
      new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')
    )
    .action(async (deployment: 'cf' | 'cfcr', options: ManifestOptions) => {
      const { manifest } = await import('./commands/manifest.ts')
      await manifest(context, deployment, options)
    })
}
