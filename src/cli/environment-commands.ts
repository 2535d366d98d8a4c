import { Option, type Command } from 'commander'
import { collect } from './command-flags.ts'
import { command, type SetExitCode } from './command.ts'
import type { CliContext } from './context.ts'
import type { PlanOptions, RunOptions } from './options.ts'

/** Commands that plan and run what pipelines do to an environment. */
export function addEnvironmentCommands(
  program: Command,
  context: CliContext,
  setExitCode: SetExitCode
): void {
  const format = () =>
    new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')

  command(program, 'plan <environment>', 'Shows what a repave would destroy and create.', 'causeway plan lab')
    .option(
      '-v, --var <name=value>',
      'value of the ((var)) that holds the identity of the state',
      collect,
      []
    )
    .option('-l, --load-vars-from <file>', 'YAML file of values for ((vars))', collect, [])
    .addOption(format())
    .action(async (environment: string, options: PlanOptions) => {
      const { plan } = await import('./commands/plan.ts')
      await plan(context, environment, options)
    })

  const withRunFlags = (run: Command): Command =>
    run
      .option('-v, --var <name=value>', 'value of a ((var)) of the pipeline', collect, [])
      .option('-l, --load-vars-from <file>', 'YAML file of values for ((vars))', collect, [])
      .option('--real <programs>', 'in the lab: use the real bosh, credhub … on PATH, by comma')
      .addOption(format())

  for (const { name, doc } of runs) {
    const run = withRunFlags(command(program, `${name} <environment>`, doc, `causeway ${name} lab`)).action(
      async (environment: string, options: RunOptions) => {
        const { runCommand } = await import('./commands/run.ts')
        setExitCode(await runCommand(context, name, environment, options))
      }
    )
    if (name !== 'smoke')
      run.option('--protected <environment>', 'the second word for a protected environment: its name, again')
  }

  withRunFlags(
    command(
      program,
      'run <environment> <pipeline>',
      'Runs all jobs of a pipeline on this machine, each after those that pass something to it.',
      'causeway run lab cf'
    )
  ).action(async (environment: string, pipeline: string, options: RunOptions) => {
    const { runWholePipeline } = await import('./commands/run.ts')
    setExitCode(await runWholePipeline(context, pipeline, environment, options))
  })
}

/** Commands that run a job of an emitted pipeline on this machine. */
const runs = [
  {
    name: 'repave',
    doc: 'Tears an environment down and paves it anew, in one shot, and proves the connectivity.'
  },
  { name: 'teardown', doc: 'Tears an environment down and proves that nothing is left.' },
  { name: 'smoke', doc: 'Runs the connectivity matrix between apps and pods.' }
] as const
