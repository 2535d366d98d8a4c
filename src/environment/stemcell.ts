import type { Log } from '../core/log.ts'
import type { Bosh } from '../tools/bosh.ts'
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

/** Uploads the stemcell that an interpolated manifest names, unless the Director has it. */
export async function uploadStemcellOf(options: {
  readonly bosh: Bosh
  readonly manifest: string
  readonly iaas: Iaas
  readonly log: Log
}): Promise<void> {
  const { bosh, manifest, iaas, log } = options
  const os = await bosh.valueAt(manifest, '/stemcells/alias=default/os')
  const version = await bosh.valueAt(manifest, '/stemcells/alias=default/version')
  const has = (await bosh.stemcells()).some(stemcell => stemcell.os === os && stemcell.version === version)
  if (has) {
    log.info(`stemcell ${os} ${version} is there already`)
    return
  }
  await bosh.uploadStemcell(`https://bosh.io/d/stemcells/${stemcellName(iaas, os)}?v=${version}`)
}
