import { Option, type Command } from 'commander'
import { command } from './command.ts'
import type { ReleaseCreateOptions } from './commands/release-create.ts'
import type { ReleaseVerifyOptions } from './commands/release-verify.ts'
import type { CliContext } from './context.ts'

/** `causeway release …`: the customized release of CFCR. */
export function addReleaseCommands(program: Command, context: CliContext): void {
  const release = command(
    program,
    'release',
    'Makes the release of CFCR whose workers can join a SILK network, of any version of kubo-release.',
    'causeway release create --from ../kubo-release'
  )
  const format = () =>
    new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')

  command(
    release,
    'create',
    'Lays our job over a checkout of kubo-release, edits its jobs where they need it, and makes a tarball of it.',
    'causeway release create --from ../kubo-release --edit-only',
    'causeway release create --from ../kubo-release --upstream 0.32.0 --output releases'
  )
    .requiredOption('--from <folder>', 'checkout of kubo-release, at a final version and as it was cloned')
    .option(
      '--upstream <version>',
      'which version of kubo-release it is, where several tags are on the commit'
    )
    .option('-o, --output <folder>', 'where the tarball and its provenance go', '.')
    .option('--edit-only', 'makes no tarball')
    .addOption(format())
    .action(async (options: ReleaseCreateOptions) => {
      const { releaseCreate } = await import('./commands/release-create.ts')
      await releaseCreate(context, options)
    })

  command(
    release,
    'verify <tarball>',
    'Proves that a tarball is the one that its provenance tells of.',
    'causeway release verify kubo-0.44.0+silk.1.tgz'
  )
    .option('--provenance <file>', 'the statement; else the file beside the tarball')
    .addOption(format())
    .action(async (tarball: string, options: ReleaseVerifyOptions) => {
      const { releaseVerify } = await import('./commands/release-verify.ts')
      await releaseVerify(context, tarball, options)
    })
}
