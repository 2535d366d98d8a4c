import { resolve } from 'node:path'
import { UserError } from '../../../core/errors.ts'
import { carriedSource } from '../../carrier/carried-source.ts'
import { FaultStruck } from '../../faults.ts'
import { eraVariable, terraformVersions } from '../../terraform/era.ts'
import {
  terraformApply,
  terraformDestroy,
  terraformInit,
  terraformOutputs,
  terraformShow,
  type TerraformOptions
} from '../../terraform/terraform.ts'
import { readConfiguration, type TfValue } from '../../terraform/configuration.ts'
import type { ProgramEdge } from '../common/program.ts'
import { readLine, type Line } from './command-line.ts'

type Work = (options: TerraformOptions, line: Line) => void | Promise<void>

const commands: Readonly<Record<string, Work>> = {
  version: ({ print, era = '1' }) => print(`Terraform v${terraformVersions[era]}`),
  init: (options, { flags }) => terraformInit(options, flags.has('upgrade')),
  validate: options => {
    readConfiguration(options)
    options.print('Success! The configuration is valid.')
  },
  apply: options => terraformApply(options),
  destroy: options => terraformDestroy(options),
  show: (options, { words }) => options.print(terraformShow(words[0] ?? options.statePath)),
  output: options => options.print(JSON.stringify(outputsIn(terraformOutputs(options)), undefined, 2))
}

/** The lab's `terraform`: the calls that a bbl makes (bbl v9.0.48, terraform/executor.go), for the lab's provider. */
export async function terraform(edge: ProgramEdge): Promise<number> {
  const { args, env, cwd, out, err } = edge
  try {
    const line = readLine(args)
    const work = commands[line.command]
    if (work === undefined) throw new UserError('usage', `Terraform has no command named "${line.command}".`)
    await work(
      optionsOf(line, cwd, env, text => out(`${text}\n`)),
      line
    )
    return 0
  } catch (thrown) {
    if (thrown instanceof FaultStruck) {
      err(`${thrown.message}\n`)
      return thrown.exitCode
    }
    if (!(thrown instanceof UserError)) throw thrown
    err(`\n${thrown.message}\n`)
    return 1
  }
}

function optionsOf(
  { flags, varFiles, variables }: Line,
  cwd: string,
  env: ProgramEdge['env'],
  print: (text: string) => void
): TerraformOptions {
  const lab = env['CAUSEWAY_LAB']
  if (lab === undefined) {
    throw new UserError(
      'usage',
      'CAUSEWAY_LAB names no lab: this terraform is the imitation, and is started by causeway'
    )
  }
  return {
    lab,
    folder: cwd,
    statePath: resolve(cwd, flags.get('state') ?? 'terraform.tfstate'),
    varFiles: varFiles.map(file => resolve(cwd, file)),
    variables,
    era: env[eraVariable] === '0.11' ? '0.11' : '1',
    print,
    ...carriedSource(env, cwd)
  }
}

function outputsIn(outputs: Readonly<Record<string, TfValue>>): object {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, { sensitive: false, value }])
  )
}
