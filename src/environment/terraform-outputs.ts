import { UserError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Files } from '../tools/files.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import { bblFolder } from './iaas-params.ts'

/** Outputs that bbl's template has on every IaaS, and without which jumpbox, Director or cloud config are wrong. */
const always = [
  'director_name',
  'internal_cidr',
  'internal_gw',
  'external_ip',
  'jumpbox_url',
  'director__internal_ip'
]

export type TerraformOutputs = Readonly<Record<string, unknown>>

/**
 * Reads terraform's outputs from its own state, in the layout of 0.11 or of later ones. bbl's own `outputs` needs the
 * providers, which a restored state does not hold ("Required plugins are not installed", bosh-bootloader#560). Undefined
 * where the state is kept elsewhere. Throws a UserError where it is no state.
 */
export async function readTerraformOutputs(
  files: Files,
  state: string
): Promise<TerraformOutputs | undefined> {
  const path = `${bblFolder(state)}/vars/terraform.tfstate`
  const text = await files.readTextIfAny(path)
  if (text === undefined) return undefined
  const data = parseJson(text)
  if (!isRecord(data)) {
    throw new UserError('program', `${path}: found no JSON, expected the state of terraform`, {
      hint: 'restore an earlier checkpoint of the state'
    })
  }
  const modules: unknown = data['modules']
  const holder: unknown = Array.isArray(modules) ? modules[0] : data
  const outputs = isRecord(holder) ? holder['outputs'] : undefined
  const entries = Object.entries(isRecord(outputs) ? outputs : {})
  return Object.fromEntries(
    entries.map(([name, output]) => [name, isRecord(output) ? output['value'] : undefined])
  )
}

/**
 * Checks what deployments need of terraform: bbl's own outputs, those of the files that we added, and that the Director is
 * named as the environment is. Throws a UserError that names all that lack.
 */
export function checkTerraformOutputs(
  outputs: TerraformOutputs | undefined,
  {
    added,
    director,
    log
  }: { readonly added: readonly string[]; readonly director: string; readonly log: Log }
): void {
  if (outputs === undefined) {
    log.warn('outputs of terraform: not checked, its state is not in vars/terraform.tfstate')
    return
  }
  const missing = [...always, ...added].filter(name => isEmpty(outputs[name]))
  if (missing.length > 0) {
    throw new UserError(
      'program',
      `outputs of terraform: found no ${missing.join(', ')}, expected a value of each`,
      {
        hint: 'look at the last terraform output with `bbl latest-error`, then pave again'
      }
    )
  }
  if (outputs['director_name'] === director) return
  throw new UserError(
    'refused',
    `outputs of terraform: found director_name ${String(outputs['director_name'])}, expected ${director}`,
    { hint: "check the record's state branch: it holds the state of another environment" }
  )
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
