import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, textAt, type Value } from '../../manifest/value.ts'
import { writeWhole } from '../json-file.ts'
import { terraformTemplate } from '../programs/bbl/files/terraform-template.ts'
import { noLoadBalancer } from '../programs/bbl/state.ts'
import { carriedCloudConfig } from './cloud-config.ts'
import { carriedVariable } from './environment.ts'
import type { Source } from '../terraform/configuration.ts'

/**
 * What the lab's terraform reads in the place of a real bbl's template. A real bbl knows no IaaS `lab`; it takes its environment for one
 * on OpenStack, whose plan asks no cloud. Its template is left unread: the lab's own stands for it, with the outputs that bbl wants of
 * OpenStack, and the cloud config gets an ops file that puts back what cf-deployment needs and bbl's OpenStack takes away.
 */
export function carriedSource(
  env: Readonly<Record<string, string>>,
  folder: string
): Pick<Source, 'instead'> {
  const isCarried = (env[carriedVariable] ?? '') !== '' && existsSync(join(folder, template))
  if (!isCarried) return {}
  writeWhole(join(folder, '..', 'cloud-config', 'lab.yml'), carriedCloudConfig)
  const state = JSON.parse(readFileSync(join(folder, '..', 'bbl-state.json'), 'utf8')) as Value
  const lb = isMap(state) ? state['lb'] : undefined
  const domain = textAt(lb, 'domain')
  const section = {
    ...noLoadBalancer,
    type: textAt(lb, 'type') ?? '',
    ...(domain === undefined ? {} : { domain })
  }
  return { instead: { [template]: terraformTemplate(section) + openstackOutputs } }
}

const template = 'bbl-template.tf'

/** What jumpbox-deployment, BUCC and bbl's cloud config ask of an OpenStack, by the names of bbl's outputs. */
const outputs: Readonly<Record<string, string>> = {
  auth_url: '"https://openstack.lab.causeway.internal"',
  az: '"lab-z1"',
  default_key_name: '"lab"',
  private_key: '"none"',
  jumpbox__default_security_groups: '["jumpbox"]',
  director__default_security_groups: '["director"]',
  vms_security_groups: '["vms"]',
  net_id: 'lab_network.default.id',
  openstack_project: '"lab"',
  openstack_domain: '"lab"',
  region: '"local"',
  static_ips: 'lab_network.default.static_ips',
  reserved_ips_low: 'lab_network.default.reserved_ips_low',
  reserved_ips_high: 'lab_network.default.reserved_ips_high'
}

const openstackOutputs = Object.entries(outputs)
  .map(([name, value]) => `\noutput "${name}" {\n  value = ${value}\n}\n`)
  .join('')
