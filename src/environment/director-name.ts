import type { Iaas } from './record.ts'

/**
 * What bbl calls a Director, which is also the first part of every path in its CredHub: `bosh-<environment>`, but the bare
 * name on OpenStack (bbl v8.4.40 and v9.0.48, terraform/openstack/templates/resources-outputs.tf).
 */
export function directorName(environment: string, iaas: Iaas): string {
  return iaas === 'openstack' ? environment : `bosh-${environment}`
}
