import { Option, type Command } from 'commander'
import { command } from './command.ts'
import { collect } from './command-flags.ts'
import type { StateLogOptions } from './commands/state-log.ts'
import type { StateRestoreOptions } from './commands/state-restore.ts'
import type { StateShowOptions } from './commands/state-show.ts'
import type { CliContext } from './context.ts'

/** `causeway state …`: what to do with the state of an environment, besides letting tasks keep it. */
export function addStateCommands(program: Command, context: CliContext): void {
  const state = command(
    program,
    'state',
    'Shows the checkpoints of an environment, and restores one.',
    'causeway state log lab'
  )
  const format = () =>
    new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')
  const withValues = (one: Command): Command =>
    one
      .option('-v, --var <name=value>', 'value of a ((var)) of the record: identity, deploy key', collect, [])
      .option('-l, --load-vars-from <file>', 'YAML file of values for ((vars))', collect, [])

  withValues(
    command(
      state,
      'log <environment>',
      'Lists the checkpoints, the newest first: when, why, what changed, by which tools.',
      'causeway state log lab'
    )
  )
    .addOption(format())
    .action(async (environment: string, options: StateLogOptions) => {
      const { stateLog } = await import('./commands/state-log.ts')
      await stateLog(context, environment, options)
    })

  withValues(
    command(
      state,
      'show <environment> [serial]',
      'Proves a checkpoint whole and says what is in it, without a secret; the newest, where no serial is named.',
      'causeway state show lab 3',
      'causeway state show play-fern --load-vars-from vars.yml --to ./plain'
    )
  )
    .option('--to <folder>', 'writes all of it there in plain text, for its owner alone')
    .option('--branch <name>', 'of this branch: one that was put aside, as state log names it')
    .addOption(format())
    .action(async (environment: string, serial: string | undefined, options: StateShowOptions) => {
      const { stateShow } = await import('./commands/state-show.ts')
      await stateShow(context, environment, serial, options)
    })

  withValues(
    command(
      state,
      'restore <environment> [serial]',
      'Makes an earlier checkpoint, or a folder, the newest one. The environment goes to quarantine.',
      'causeway state restore lab 3 --yes',
      'causeway state restore play-fern --from ./plain --load-vars-from vars.yml'
    )
  )
    .option(
      '--from <folder>',
      'the plain tree in this folder instead of a serial: one that was mended by hand'
    )
    .option('--yes', 'does it; otherwise it only says what it would change')
    .action(async (environment: string, serial: string | undefined, options: StateRestoreOptions) => {
      const { stateRestore } = await import('./commands/state-restore.ts')
      await stateRestore(context, environment, serial, options)
    })
}
