import { Option, type Command } from 'commander'
import {
  besideFlags,
  refuseTogether,
  watched,
  withCheckFlags,
  withRuleFlags,
  withVarFlags
} from './command-flags.ts'
import { command, type SetExitCode } from './command.ts'
import type { CheckOptions } from './commands/check.ts'
import type { EmitFileOptions } from './commands/emit-file.ts'
import type { EmitOptions } from './commands/emit.ts'
import type { ImportOptions } from './commands/import.ts'
import type { RulesOptions } from './commands/rules.ts'
import type { CliContext } from './context.ts'
import { findingsFormats, graphFormats, usualConfigFile } from './options.ts'
import type { FormatOptions, GraphOptions, SchemaOptions } from './options.ts'

/** Commands that write, check, draw and translate pipelines. `args` are what a person typed. */
export function addPipelineCommands(
  program: Command,
  context: CliContext,
  args: readonly string[],
  setExitCode: SetExitCode
): void {
  const format = () =>
    new Option('--format <format>', 'what stdout carries').choices(['text', 'json']).default('text')
  const findingsFormat = () =>
    new Option('--format <format>', 'what stdout carries').choices(findingsFormats).default('text')
  const watch = () => new Option('--watch', 'runs again whenever a file changes, until Ctrl-C')

  withCheckFlags(
    command(
      program,
      'emit [file]',
      'Writes the pipelines of each environment and the task programs to out/; of a file, its pipeline to stdout.',
      'causeway emit --env play-fern',
      'causeway emit pipeline.ts --output pipeline.yml',
      'causeway emit pipeline.ts --canonical'
    )
      .option('--env <name>', 'only this environment')
      .option('-o, --output <file>', 'where the pipeline of a file goes, instead of stdout')
      .option('--canonical', 'pipelines as fly format-pipeline prints them, byte for byte')
  )
    .addOption(findingsFormat())
    .addOption(watch())
    .action(async (file: string | undefined, options: EmitOptions & EmitFileOptions & Watched) => {
      refuseTogether(file, options)
      if (options.watch === true) {
        const { ownSources, rerun } = await import('./rerun.ts')
        const paths = file === undefined ? ownSources(context) : watched([file])
        setExitCode(await rerun(context, args, [...paths, ...besideFlags(options)], [usualConfigFile]))
      } else if (file === undefined) {
        const { emit } = await import('./commands/emit.ts')
        setExitCode(await emit(context, options))
      } else {
        const { emitFile } = await import('./commands/emit-file.ts')
        setExitCode(await emitFile(context, file, options))
      }
    })

  command(
    program,
    'publish',
    'Pushes out/ as one commit, for a Concourse to fetch.',
    'causeway publish --env play-fern'
  )
    .requiredOption('--env <name>', 'the environment whose record says where to')
    .action(async (options: { env: string }) => {
      const { publish } = await import('./commands/publish.ts')
      await publish(context, options)
    })

  withCheckFlags(
    command(
      program,
      'check [files...]',
      'Checks pipelines, YAML or programs: those of the files, else all that would be emitted.',
      'causeway check other-pipeline.yml',
      'causeway check ci/*.yml --artifact ci=. --target 7.14',
      'causeway check pipeline.yml -l vars.yml --format sarif > causeway.sarif',
      'causeway check pipeline.ts --watch'
    )
  )
    .addOption(findingsFormat())
    .addOption(watch())
    .action(async (files: string[], options: CheckOptions & Watched) => {
      if (options.watch === true) {
        const { ownSources, rerun } = await import('./rerun.ts')
        const paths = files.length === 0 ? ownSources(context) : watched(files)
        setExitCode(await rerun(context, args, [...paths, ...besideFlags(options)], [usualConfigFile]))
      } else {
        const { check } = await import('./commands/check.ts')
        setExitCode(await check(context, files, options))
      }
    })

  withRuleFlags(
    command(
      program,
      'rules [code]',
      'Lists what check looks for; of one rule, says what it means and how to mend what it finds.',
      'causeway rules missing-artifact'
    )
  )
    .addOption(format())
    .action(async (code: string | undefined, options: RulesOptions) => {
      const { rules } = await import('./commands/rules.ts')
      await rules(context, code, options)
    })

  withVarFlags(
    command(
      program,
      'graph <pipeline>',
      'Draws what depends on what in a pipeline: YAML, a program, or with --env one of this checkout.',
      'causeway graph pipeline.yml -l vars.yml --output pipeline.svg'
    )
      .option('--env <name>', 'draw the pipeline of this name, as it is emitted for the environment')
      .addOption(
        new Option('--format <format>', 'of what is drawn; else as --output is named, else mermaid').choices(
          graphFormats
        )
      )
      .option('--group <name>', 'only the jobs of this group, and those outside that pass something to them')
      .addOption(
        new Option('--resources <which>', 'all, those that trigger a job, or none')
          .choices(['all', 'trigger', 'none'])
          .default('all')
      )
      .option('-o, --output <file>', 'writes this file instead of stdout')
  ).action(async (pipeline: string, options: GraphOptions) => {
    const { graph } = await import('./commands/graph.ts')
    await graph(context, pipeline, options)
  })

  command(
    program,
    'format <file>',
    'Prints a pipeline anew, in the order in which a person reviews it.',
    'causeway format pipeline.yml --canonical'
  )
    .option('--canonical', 'as fly format-pipeline prints it, byte for byte')
    .option('-w, --write', 'overwrites the file instead')
    .option('--drop-comments', 'overwrites it also where comments are lost')
    .action(async (file: string, options: FormatOptions) => {
      const { format: formatFile } = await import('./commands/format.ts')
      await formatFile(context, file, options)
    })

  withVarFlags(
    command(
      program,
      'import <file>',
      'Writes a pipeline in YAML as a TypeScript program that emits the same.',
      'causeway import pipeline.yml --output pipeline.ts'
    ).option('-o, --output <file>', 'writes this file instead of stdout')
  ).action(async (file: string, options: ImportOptions) => {
    const { importFile } = await import('./commands/import.ts')
    setExitCode(await importFile(context, file, options))
  })

  command(
    program,
    'schema',
    'Prints all that Concourse takes as JSON Schema, for editors.',
    'causeway schema > pipeline.schema.json'
  )
    .addOption(new Option('--of <kind>', 'of which files').choices(['pipeline', 'task']).default('pipeline'))
    .option('--target <release>', 'leaves out what came later than this release of Concourse, e.g. 7.4')
    .action(async (options: SchemaOptions) => {
      const { schema } = await import('./commands/schema.ts')
      schema(context, options)
    })
}

interface Watched {
  readonly watch?: true
}
