import { dirname } from 'node:path'
import type { Command } from 'commander'
import { UserError } from '../core/errors.ts'
import type { CheckFlags } from './check-settings.ts'
import { isProgram } from './is-program.ts'
import { usualConfigFile } from './options.ts'

/** How to check, for all commands that do. */
export function withCheckFlags(checking: Command): Command {
  checking
    .option('--target <release>', 'the release of Concourse that is to take the pipeline, e.g. 7.14')
    .option(
      '-a, --artifact <name=folder>',
      'where an artifact lies, so that its task files are read',
      collect,
      []
    )
  return withRuleFlags(withVarFlags(checking))
}

/** The flags of fly for the values of vars. */
export function withVarFlags(reading: Command): Command {
  return reading
    .option('-v, --var <name=value>', 'text for a ((var)), as fly is given it', collect, [])
    .option('-y, --yaml-var <name=value>', 'value in YAML for a ((var)), as fly is given it', collect, [])
    .option('-l, --load-vars-from <file>', 'YAML file of values for ((vars))', collect, [])
}

/** Which rules there are, and how they count. */
export function withRuleFlags(ruled: Command): Command {
  return ruled
    .option('--level <rule=level>', 'how findings of a rule count: error, warning or off', collect, [])
    .option('--rules <file>', 'TypeScript file of rules of your own', collect, [])
    .option(
      '--config <file>',
      `settings for all of these (default: ${usualConfigFile}, if it is in this folder)`
    )
}

/** A program is made of more files than the one that is named: all below its folder are looked at. */
export function watched(files: readonly string[]): string[] {
  return files.map(file => (isProgram(file) ? dirname(file) : file))
}

/** What else is read where these are said. */
export function besideFlags({ artifact, config, loadVarsFrom, rules }: CheckFlags): string[] {
  const folders = artifact.map(pair => pair.slice(pair.indexOf('=') + 1))
  return [
    ...folders,
    ...loadVarsFrom,
    ...rules.map(file => dirname(file)),
    ...(config === undefined ? [] : [config])
  ]
}

/** Flags of `emit` that mean nothing with a file, or nothing without one. */
export function refuseTogether(
  file: string | undefined,
  { env, output }: { env?: string; output?: string }
): void {
  if (file !== undefined && env !== undefined) {
    throw new UserError('usage', `--env: found ${env} with the file ${file}, expected one of the two`, {
      hint: 'leave --env out: a file is emitted as it is'
    })
  }
  if (file === undefined && output !== undefined) {
    throw new UserError('usage', `--output: found ${output} without a file that is emitted to it`, {
      hint: 'name a program, or leave --output out'
    })
  }
}

/** Adds up what is said several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}
