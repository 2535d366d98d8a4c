import { describe, expect, it } from 'vitest'
import { iaasVariables } from '../../src/environment/credentials.ts'
import { iaasFindings } from '../../src/environment/iaas-findings.ts'
import { iaasEnvironment } from '../../src/environment/iaas-params.ts'
import { iaases, type Iaas } from '../../src/environment/record.ts'

const key = '{"project_id":"p","client_email":"e@p","private_key":"-"}'
const good: Readonly<Record<string, string>> = {
  BBL_GCP_SERVICE_ACCOUNT_KEY: key,
  BBL_VSPHERE_SUBNET_CIDR: '10.0.0.0/24',
  BBL_VSPHERE_INTERNAL_GW: '10.0.0.1',
  BBL_VSPHERE_JUMPBOX_IP: '10.0.0.5',
  BBL_VSPHERE_DIRECTOR_INTERNAL_IP: '10.0.0.6',
  BBL_OPENSTACK_AUTH_URL: 'https://keystone.example.com:5000/v3',
  BBL_OPENSTACK_INSECURE: 'false',
  BBL_OPENSTACK_DNS_NAME_SERVERS: '8.8.8.8,1.1.1.1'
}

/** Params of an IaaS that has all it may have, and of all others too, as Concourse hands over what is declared. */
function paramsOf(iaas: Iaas, changes: Readonly<Record<string, string | undefined>> = {}) {
  const all = Object.values(iaasVariables)
    .flat()
    .map(({ name }) => [name, good[name] ?? 'x'] as const)
  return { IAAS: iaas, ENVIRONMENT: 'play-fern', ...Object.fromEntries(all), ...changes }
}

describe.each(iaases)('params for %s', iaas => {
  it('reach bbl, all of them and none of another IaaS', () => {
    const env = iaasEnvironment(paramsOf(iaas))
    expect(Object.keys(env).sort()).toEqual(
      ['BBL_IAAS', ...iaasVariables[iaas].map(({ name }) => name)].sort()
    )
  })

  it('that lack are named one by one, but not those that may', () => {
    const none = Object.fromEntries(iaasVariables[iaas].map(({ name }) => [name, undefined]))
    const required = iaasVariables[iaas].filter(entry => entry.required).map(({ name }) => `params.${name}`)
    expect(iaasFindings(paramsOf(iaas, none)).map(({ path }) => path)).toEqual(required)
  })
})

describe('a param that bbl would refuse', () => {
  it.each([
    ['gcp', 'ENVIRONMENT', 'Play-fern'],
    ['gcp', 'ENVIRONMENT', 'play-'],
    ['gcp', 'ENVIRONMENT', '1play'],
    ['gcp', 'BBL_GCP_SERVICE_ACCOUNT_KEY', 'key.json'],
    ['gcp', 'BBL_GCP_SERVICE_ACCOUNT_KEY', '{"project_id":"p"}'],
    ['gcp', 'BBL_GCP_SERVICE_ACCOUNT_KEY', key.replace('"p"', '""')],
    ['vsphere', 'BBL_VSPHERE_SUBNET_CIDR', '192.168.7.0'],
    ['vsphere', 'BBL_VSPHERE_SUBNET_CIDR', '192.168.7.1/24'],
    ['vsphere', 'BBL_VSPHERE_JUMPBOX_IP', 'jumpbox'],
    ['openstack', 'BBL_OPENSTACK_AUTH_URL', 'identity:5000'],
    ['openstack', 'BBL_OPENSTACK_INSECURE', 'yes'],
    ['openstack', 'BBL_OPENSTACK_DNS_NAME_SERVERS', '8.8.8.8 1.1.1.1']
  ] as const)('for %s is refused: %s=%s', (iaas, name, value) => {
    const findings = iaasFindings(paramsOf(iaas, { [name]: value }))
    expect(findings.map(({ path }) => path)).toEqual([`params.${name}`])
    if (name !== 'ENVIRONMENT') expect(findings[0]?.message).not.toContain(value)
  })

  it('may be the path of a key instead of the key', () => {
    expect(iaasFindings(paramsOf('gcp', { BBL_GCP_SERVICE_ACCOUNT_KEY: '/keys/play.json' }))).toEqual([])
  })
})
