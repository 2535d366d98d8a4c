import { readdirSync } from 'node:fs'
import { UserError } from '../../../core/errors.ts'
import { renderYaml } from '../../../manifest/render-yaml.ts'
import type { Value } from '../../../manifest/value.ts'
import { FaultStruck } from '../../faults.ts'
import type { TfValue } from '../../terraform/configuration.ts'
import {
  hasState,
  terraformApply,
  terraformDestroy,
  terraformOutputs,
  type TerraformOptions
} from '../../terraform/terraform.ts'
import { BblError } from './bbl-error.ts'
import { terraformTemplate } from './files/terraform-template.ts'
import type { Machine } from './scripts.ts'
import type { Session } from './session.ts'
import type { BblState } from './state.ts'

export type Outputs = Readonly<Record<string, TfValue>>

/** Terraform failed. What it printed is in `latestTFOutput` and, unless bbl is debugged, nowhere else. */
export class TerraformFailed extends BblError {
  readonly output: string

  constructor(step: string, message: string, output: string) {
    super(`${step}: ${message}`)
    this.name = 'TerraformFailed'
    this.output = output
  }
}

const redacted =
  'Some output has been redacted, use `bbl latest-error` to see it or run again with --debug for additional debug output'

/** Writes template and variables for terraform. */
export function setUpTerraform({ dir, step }: Session, { envID, lb }: BblState): void {
  step('generating terraform template')
  step('generating terraform variables')
  dir.write('terraform/bbl-template.tf', terraformTemplate(lb))
  dir.write('terraform/.terraform/.gitignore', '*\n')
  dir.write('vars/bbl.tfvars', `\nenv_id="${envID}"`)
  step('terraform init')
}

/** Applies; gives what terraform printed. Throws TerraformFailed. */
export async function apply(session: Session): Promise<string> {
  session.step('terraform init')
  session.step('terraform apply')
  return runTerraform(session, 'Executor apply', terraformApply)
}

export async function destroy(session: Session): Promise<string> {
  session.step('terraform destroy')
  const output = await runTerraform(session, 'Executor destroy', terraformDestroy)
  session.step('finished destroying infrastructure')
  return output
}

async function runTerraform(
  session: Session,
  step: string,
  work: (options: TerraformOptions) => Promise<void>
): Promise<string> {
  const { dir, globals } = session
  let output = ''
  const print = (line: string): void => {
    output += `${line}\n`
    if (globals.debug) session.edge.err(`${line}\n`)
  }
  const varFiles = readdirSync(dir.file('vars'))
    .filter(name => name.endsWith('.tfvars'))
    .sort()
    .map(name => dir.file('vars', name))
  try {
    await work({
      lab: session.lab(),
      folder: dir.file('terraform'),
      statePath: statePath(session),
      varFiles,
      print
    })
    return output
  } catch (thrown) {
    if (!(thrown instanceof UserError) && !(thrown instanceof FaultStruck)) throw thrown
    print(`\n${thrown.message}`)
    throw new TerraformFailed(step, globals.debug ? 'exit status 1' : redacted, output)
  }
}

export function outputsOf(session: Session): Outputs {
  return terraformOutputs(statePath(session))
}

export function isPaved(session: Session): boolean {
  return hasState(statePath(session))
}

function statePath({ dir }: Session): string {
  return dir.file('vars/terraform.tfstate')
}

/** An output if it is a text. */
export function textOutput(outputs: Outputs, name: string): string {
  const value = outputs[name]
  return typeof value === 'string' ? value : ''
}

/**
 * The outputs that a machine is told: those with its own prefix lose it, those of the other one are left out
 * (bbl v9.0.48, bosh/manager.go).
 */
export function machineVars(outputs: Outputs, machine: Machine): string {
  const own = `${machine}__`
  const entries = Object.entries(outputs)
  const common = entries.filter(([name]) => !/^(?:director|jumpbox)__/.test(name))
  const special = entries
    .filter(([name]) => name.startsWith(own))
    .map(([name, value]) => [name.slice(own.length), value] as const)
  return renderYaml(Object.fromEntries([...common, ...special]) as Value)
}
