import type { Finding } from '../core/finding.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import { parseCidr } from '../core/cidr.ts'
import { iaasVariables } from './credentials.ts'
import type { Iaas } from './record.ts'

type Params = Readonly<Record<string, unknown>> & { readonly IAAS: Iaas }

/** Everything in the params of bbl that bbl would refuse, or take for something else, before it is called at all. */
export function iaasFindings(params: Params): Finding[] {
  const missing = iaasVariables[params.IAAS]
    .filter(({ name, required }) => required && typeof params[name] !== 'string')
    .map(({ name }) =>
      finding(
        name,
        `found nothing, expected a value: bbl needs it for ${params.IAAS}`,
        'put it into the credential manager, and name it in the pipeline'
      )
    )
  const wrong = iaasVariables[params.IAAS].flatMap(({ name }) => {
    const value = params[name]
    const expected = typeof value === 'string' ? shapes[name]?.(value) : undefined
    return expected === undefined
      ? []
      : [finding(name, `found a value of another shape, expected ${expected}`)]
  })
  return [...environmentFindings(params['ENVIRONMENT']), ...missing, ...wrong]
}

function finding(param: string, message: string, hint?: string): Finding {
  const base = { code: 'iaas-param', severity: 'error', path: `params.${param}`, message } as const
  return hint === undefined ? base : { ...base, hint }
}

/** bbl's own rule for names (bbl v9.0.48, helpers/env_id_manager.go), which a record keeps by its schema. */
function environmentFindings(name: unknown): Finding[] {
  if (typeof name !== 'string' || /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(name)) return []
  const rule = 'small letters, digits and hyphens, a letter first and no hyphen last'
  return [finding('ENVIRONMENT', `found ${JSON.stringify(name)}, expected ${rule}`)]
}

/** What a value must be, by variable: undefined where it is that. No message shows a value, which may be a secret. */
const shapes: Readonly<Record<string, (value: string) => string | undefined>> = {
  BBL_GCP_SERVICE_ACCOUNT_KEY: serviceAccountKey,
  BBL_VSPHERE_SUBNET_CIDR: value =>
    parseCidr(value) === undefined
      ? 'a range whose address ends where its prefix ends, like 10.0.0.0/24'
      : undefined,
  BBL_VSPHERE_INTERNAL_GW: address,
  BBL_VSPHERE_JUMPBOX_IP: address,
  BBL_VSPHERE_DIRECTOR_INTERNAL_IP: address,
  BBL_OPENSTACK_AUTH_URL: value =>
    /^https?:\/\/\S+$/.test(value) ? undefined : 'an address like https://keystone.example.com:5000/v3',
  BBL_OPENSTACK_INSECURE: value => (/^(true|false)$/.test(value) ? undefined : 'true or false'),
  BBL_OPENSTACK_DNS_NAME_SERVERS: value =>
    value.split(',').every(part => address(part) === undefined)
      ? undefined
      : 'addresses with commas between them'
}

/** bbl reads the project from the key, so a key without it stops a plan half-way. */
function serviceAccountKey(value: string): string | undefined {
  if (value.startsWith('/')) return undefined
  const key = parseJson(value)
  const isKey =
    isRecord(key) &&
    ['project_id', 'client_email', 'private_key'].every(
      name => typeof key[name] === 'string' && key[name] !== ''
    )
  return isKey
    ? undefined
    : 'the JSON of a service account key with project_id, client_email and private_key, or its absolute path'
}

function address(value: string): string | undefined {
  return parseCidr(`${value}/32`) === undefined ? 'an IPv4 address' : undefined
}
