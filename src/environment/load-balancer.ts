import { UserError } from '../core/errors.ts'
import type { LoadBalancer } from '../tools/bbl.ts'
import type { Iaas } from './record.ts'

/**
 * bbl's own load balancer, the same at each plan: BUCC's Concourse stands behind it, and it needs no certificate. bbl has one
 * type per environment (bosh-bootloader#146), so Cloud Foundry's are ours: terraform/cf-load-balancers.
 */
export const bblLoadBalancer: LoadBalancer = 'concourse'

/** IaaSes where bbl makes load balancers; on the others machines are reached by their own addresses. */
export const balancedIaases = ['aws', 'gcp', 'azure'] as const satisfies readonly Iaas[]

export function isBalanced(iaas: Iaas): iaas is (typeof balancedIaases)[number] {
  return balancedIaases.some(balanced => balanced === iaas)
}

/**
 * Refuses (exit code 7) to go on where bbl's state names another load balancer than ours: `up` would destroy one that
 * somebody uses, without a word (bosh-bootloader#226). No load balancer at all is what a plan without the flags leaves; ours
 * cures it.
 */
export function guardLoadBalancer(type: string, when: 'before the plan' | 'after the plan'): void {
  if (type === bblLoadBalancer || (type === '' && when === 'before the plan')) return
  const found = type === '' ? 'no load balancer' : `a load balancer of type ${type}`
  throw new UserError('refused', `bbl-state.json: found ${found} ${when}, expected ${bblLoadBalancer}`, {
    hint:
      when === 'before the plan'
        ? 'tear the environment down, and pave it anew: its load balancer was made by other means'
        : 'look for another bbl that plans this environment at the same time'
  })
}
