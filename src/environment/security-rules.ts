import { UserError } from '../core/errors.ts'
import type { Row } from '../tools/table.ts'

/** A rule of a security group, as `cf create-security-group` reads it. */
export interface SecurityRule {
  readonly protocol: 'tcp'
  readonly destination: string
  readonly ports: string
  readonly description: string
}

/** Where Kubernetes opens services on every node by default (kube-apiserver, --service-node-port-range). */
const nodePorts = '30000-32767'

/**
 * What lets apps reach services of CFCR, given the rows of `bosh vms`: the node ports of its workers, since CF's own security
 * groups keep apps out of private networks. Pods need none: what leaves a cell over the overlay passes no security group
 * (silk-release 2.30.0, cni-wrapper-plugin/netrules). Throws a UserError where there is no worker.
 */
export function nodePortRules(vms: readonly Row[]): readonly SecurityRule[] {
  const workers = vms.filter(row => /^worker\//.test(row['instance'] ?? ''))
  const addresses = workers.flatMap(row => (row['ips'] ?? '').split(/\s+/)).filter(ip => ip !== '')
  if (addresses.length === 0) {
    throw new UserError('program', 'cfcr: found no worker with an address, expected at least one', {
      hint: 'deploy CFCR first'
    })
  }
  return addresses.sort().map(destination => ({
    protocol: 'tcp',
    destination,
    ports: nodePorts,
    description: "Node ports of CFCR's workers"
  }))
}
