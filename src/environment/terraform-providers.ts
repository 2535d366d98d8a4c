import { UserError } from '../core/errors.ts'
import { readVars } from './vars.ts'
import type { TerraformEra } from './bbl-era.ts'
import type { Iaas } from './record.ts'

/** Providers that bbl's template asks for, by IaaS (bbl v9.0.48, terraform/<iaas>/templates). */
const providersOf: Readonly<Record<Iaas, readonly string[]>> = {
  aws: ['aws', 'tls'],
  gcp: ['google'],
  azure: ['azurerm', 'random', 'tls'],
  openstack: ['openstack'],
  vsphere: [],
  lab: ['lab']
}

const sources: Readonly<Record<string, string>> = {
  openstack: 'terraform-provider-openstack/openstack',
  lab: 'causeway/lab'
}

/**
 * The text of an override file that pins what bbl leaves open: its ranges have no upper end, and each `init` takes the newest
 * (bosh-bootloader#688). Undefined for an IaaS without providers. Throws a UserError where a version lacks.
 *
 * @param pins the JSON of a `PROVIDERS` param: version by provider
 */
export function pinnedProviders(iaas: Iaas, era: TerraformEra, pins: string): string | undefined {
  const versions = readVars(pins, 'PROVIDERS')
  const wanted = providersOf[iaas]
  const open = wanted.filter(name => typeof versions[name] !== 'string')
  if (open.length > 0) {
    throw new UserError(
      'findings',
      `params.PROVIDERS: found no version of ${open.join(', ')}, expected one for ${iaas}`,
      {
        hint: 'add it to terraform_providers of the version set'
      }
    )
  }
  if (wanted.length === 0) return undefined
  const pin = era === '1' ? requiredProvider : providerVersion
  const blocks = wanted.map(name => pin(name, String(versions[name]))).join('')
  return era === '1' ? `terraform {\n  required_providers {\n${blocks}  }\n}\n` : blocks
}

function requiredProvider(name: string, version: string): string {
  const source = sources[name] ?? `hashicorp/${name}`
  return `    ${name} = {\n      source  = "${source}"\n      version = "${version}"\n    }\n`
}

function providerVersion(name: string, version: string): string {
  return `provider "${name}" {\n  version = "${version}"\n}\n`
}
