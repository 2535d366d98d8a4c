import { BblError } from './bbl-error.ts'

/** What each IaaS must be told, in the order in which bbl misses it (bbl v9.0.48, config/validate_iaas.go). */
const required: Readonly<Record<string, readonly string[]>> = {
  aws: ['aws-access-key-id', 'aws-secret-access-key', 'aws-region'],
  azure: [
    'azure-client-id',
    'azure-client-secret',
    'azure-region',
    'azure-subscription-id',
    'azure-tenant-id'
  ],
  gcp: ['gcp-service-account-key', 'gcp-region'],
  vsphere: [
    'vsphere-vcenter-user',
    'vsphere-vcenter-password',
    'vsphere-vcenter-ip',
    'vsphere-vcenter-dc',
    'vsphere-vcenter-rp',
    'vsphere-vcenter-ds',
    'vsphere-vcenter-cluster',
    'vsphere-network',
    'vsphere-subnet-cidr'
  ],
  openstack: [
    'openstack-auth-url',
    'openstack-az',
    'openstack-network-id',
    'openstack-network-name',
    'openstack-username',
    'openstack-password',
    'openstack-project',
    'openstack-domain',
    'openstack-region'
  ],
  cloudstack: [
    'cloudstack-endpoint',
    'cloudstack-api-key',
    'cloudstack-secret-access-key',
    'cloudstack-zone'
  ],
  lab: []
}

const optional = [
  'aws-assume-role',
  'vsphere-internal-gw',
  'vsphere-jumpbox-ip',
  'vsphere-director-internal-ip',
  'vsphere-vcenter-disks',
  'vsphere-vcenter-vms',
  'vsphere-vcenter-templates',
  'openstack-cacert-file',
  'openstack-insecure',
  'openstack-dns-name-server',
  'cloudstack-network-vpc-offering',
  'cloudstack-compute-offering',
  'cloudstack-iso-segment'
]

/** Every flag that says something of an IaaS. */
export const credentialFlags: readonly string[] = [...Object.values(required).flat(), ...optional]

/** Throws what bbl says of a missing or unknown IaaS, or of a credential that lacks. Only `lab` can be made here. */
export function validateIaas(iaas: string, credentials: Readonly<Record<string, string>>): void {
  const flags = required[iaas]
  if (flags === undefined) {
    throw new BblError(
      '\n\n--iaas [gcp, aws, azure, vsphere, openstack, cloudstack] must be provided or BBL_IAAS must be set\n'
    )
  }
  const missing = flags.find(flag => (credentials[flag] ?? '') === '')
  if (missing !== undefined) {
    throw new BblError(`\n\nMissing --${missing}. To see all required credentials run \`bbl plan --help\`.\n`)
  }
  if (iaas === 'lab') return
  throw new BblError(`this bbl is the lab's imitation: it paves the IaaS lab only, and found ${iaas}`)
}
