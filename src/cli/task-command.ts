import type { Command } from 'commander'
import { collect } from './command-flags.ts'
import { command, type SetExitCode } from './command.ts'
import type { CliContext } from './context.ts'
import type { TaskCommandOptions } from './options.ts'

export function addTaskCommand(program: Command, context: CliContext, setExitCode: SetExitCode): void {
  command(
    program,
    'task [name]',
    'Runs one task alone, on folders; without a name, lists the tasks.',
    'causeway task prove-empty --input state=./state --param ENVIRONMENT=lab --param IAAS=lab'
  )
    .helpOption(false)
    .option('-h, --help', "shows the task's inputs, outputs and params")
    .option('-i, --input <name=folder>', 'folder of an input', collect, [])
    .option('-o, --output <name=folder>', 'folder for an output', collect, [])
    .option(
      '-p, --param <name=value>',
      'value of a param; a secret one is taken from the environment',
      collect,
      []
    )
    .action(async (name: string | undefined, options: TaskCommandOptions, self: Command) => {
      // The help of a task is its own; without a name it is the command's.
      if (name === undefined && options.help === true) {
        self.outputHelp()
        return
      }
      const { runTaskAlone } = await import('./commands/task.ts')
      setExitCode(await runTaskAlone(context, name, options))
    })
}
