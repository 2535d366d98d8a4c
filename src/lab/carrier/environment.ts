/** Set where a real bbl works in the lab: the IaaS that it takes the lab for. */
export const carriedVariable = 'CAUSEWAY_CARRIED_BY'

/** What a real bbl wants to know of an OpenStack before it plans (bbl v9.0.48, config/validate_iaas.go). Nothing of it is ever used. */
export const carrierEnvironment: Readonly<Record<string, string>> = {
  [carriedVariable]: 'openstack',
  BBL_IAAS: 'openstack',
  BBL_OPENSTACK_AUTH_URL: 'https://openstack.lab.causeway.internal',
  BBL_OPENSTACK_AZ: 'lab-z1',
  BBL_OPENSTACK_NETWORK_ID: 'lab',
  BBL_OPENSTACK_NETWORK_NAME: 'lab',
  BBL_OPENSTACK_USERNAME: 'lab',
  BBL_OPENSTACK_PASSWORD: 'lab',
  BBL_OPENSTACK_PROJECT: 'lab',
  BBL_OPENSTACK_DOMAIN: 'lab',
  BBL_OPENSTACK_REGION: 'local'
}
