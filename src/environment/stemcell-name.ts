import type { Iaas } from './record.ts'

/** What bosh.io calls each IaaS with its hypervisor. */
const infrastructure: Readonly<Record<Iaas, string>> = {
  aws: 'aws-xen-hvm',
  gcp: 'google-kvm',
  azure: 'azure-hyperv',
  vsphere: 'vsphere-esxi',
  openstack: 'openstack-kvm',
  // The lab's Director takes what a BOSH Lite takes.
  lab: 'warden-boshlite'
}

/** Name of a stemcell on bosh.io. From noble on, names have no `-go_agent` (cf-deployment-concourse-tasks, shared-functions). */
export function stemcellName(iaas: Iaas, os: string): string {
  return `bosh-${infrastructure[iaas]}-${os}${os === 'ubuntu-noble' ? '' : '-go_agent'}`
}

/**
 * Where the Director downloads a stemcell. bosh.io leads to the light one, which names an image that the IaaS has already,
 * where there is one (aws and gcp), and else to the regular one; without a version, to the newest.
 */
export function stemcellUrl(
  iaas: Iaas,
  { os, version }: { readonly os: string; readonly version: string }
): string {
  return `https://bosh.io/d/stemcells/${stemcellName(iaas, os)}${version === 'latest' ? '' : `?v=${version}`}`
}
