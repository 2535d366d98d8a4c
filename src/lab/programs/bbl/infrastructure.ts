import { existsSync, readdirSync } from 'node:fs'
import { UserError } from '../../../core/errors.ts'
import { renderYaml } from '../../../manifest/render-yaml.ts'
import type { Value } from '../../../manifest/value.ts'
import { FaultStruck } from '../../faults.ts'
import type { TfValue } from '../../terraform/configuration.ts'
import {
  terraformApply,
  terraformDestroy,
  terraformInit,
  terraformOutputs,
  terraformShow,
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

/** Writes template and variables for terraform, and lets it read them. */
export async function setUpTerraform(session: Session, { envID, lb }: BblState): Promise<void> {
  const { dir, step } = session
  step('generating terraform template')
  step('generating terraform variables')
  dir.write('terraform/bbl-template.tf', terraformTemplate(lb, session.version))
  dir.write('terraform/.terraform/.gitignore', '*\n')
  dir.write('vars/bbl.tfvars', `\nenv_id="${envID}"`)
  await init(session)
}

/** `terraform init --upgrade`. Whatever it printed is in the error (bbl v9.0.48, terraform/cli.go). */
async function init(session: Session): Promise<void> {
  session.step('terraform init')
  const output = new Output(session)
  try {
    await terraformInit(optionsOf(session, output.print), true)
  } catch (thrown) {
    const said = output.failed(thrown)
    throw new BblError(
      `Executor init: Run terraform init --upgrade: command execution failed got: exit status 1 stderr:\n ${said}`
    )
  }
}

/** Applies; gives what terraform printed. Throws TerraformFailed. */
export async function apply(session: Session): Promise<string> {
  await init(session)
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
  const output = new Output(session)
  try {
    await interruptible(interrupted => work({ ...optionsOf(session, output.print), interrupted }))
    return output.text
  } catch (thrown) {
    const said = output.failed(thrown)
    throw new TerraformFailed(step, session.globals.debug ? 'exit status 1' : redacted, said)
  }
}

/**
 * Terraform ends in good order when it is told to, where bbl itself dies of any signal (v9.0.48 handles none). Here they are one process.
 */
async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    return await work(interrupt.signal)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

/** What terraform prints: kept for `latest-error`, and shown where bbl is debugged. */
class Output {
  readonly #session: Session
  text = ''

  constructor(session: Session) {
    this.#session = session
  }

  readonly print = (line: string): void => {
    this.text += `${line}\n`
    if (this.#session.globals.debug) this.#session.edge.err(`${line}\n`)
  }

  /** All of it and the error; throws on what is none of terraform's. */
  failed(thrown: unknown): string {
    if (!(thrown instanceof UserError) && !(thrown instanceof FaultStruck)) throw thrown
    this.print(`\n${thrown.message}`)
    return this.text
  }
}

function optionsOf(session: Session, print: (line: string) => void): TerraformOptions {
  const { dir } = session
  const varFiles = readdirSync(dir.file('vars'))
    .filter(name => name.endsWith('.tfvars'))
    .sort()
    .map(name => dir.file('vars', name))
  return {
    lab: session.lab(),
    folder: dir.file('terraform'),
    statePath: statePath(session),
    varFiles,
    era: session.version === '8.4.40' ? '0.11' : '1',
    print
  }
}

/** Outputs by name. The providers of the state must be installed: bbl 9 runs init first where there is no `.terraform` at all, bbl 8 never. */
export async function outputsOf(session: Session): Promise<Outputs> {
  const { dir, version } = session
  if (version === '9.0.48' && !existsSync(dir.file('terraform/.terraform'))) await init(session)
  try {
    return terraformOutputs({ folder: dir.file('terraform'), statePath: statePath(session) })
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    throw new BblError(
      `Run terraform output --json in vars dir: command execution failed got: exit status 1 stderr:\n ${thrown.message}`
    )
  }
}

/** Whether `terraform show` has anything to say. bbl 9 runs init before it asks. */
export async function isPaved(session: Session): Promise<boolean> {
  if (session.version === '9.0.48')
    await terraformInit(
      optionsOf(session, () => undefined),
      false
    )
  return terraformShow(statePath(session)) !== 'No state.'
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
