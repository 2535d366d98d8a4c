import type { Command } from 'commander'
import { command } from './command.ts'
import type { CliContext } from './context.ts'

/** `causeway lease …`: what a person may do with the lease of an environment. */
export function addLeaseCommands(program: Command, context: CliContext): void {
  const lease = command(
    program,
    'lease',
    'Takes the lease of an environment away from a run that was killed.',
    'causeway lease release lab --run 3f2a91bc'
  )
  command(
    lease,
    'release <environment>',
    'Takes the lease away from a run that was killed, and puts the environment into quarantine.',
    'causeway lease release lab --run 3f2a91bc'
  )
    .requiredOption('--run <id>', 'the run that holds it, as the refusal names it')
    .action(async (environment: string, options: { run: string }) => {
      const { leaseRelease } = await import('./commands/lease-release.ts')
      await leaseRelease(context, environment, options)
    })
}
