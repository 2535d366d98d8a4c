import { at } from '../../manifest/value.ts'
import type { LabState, RunningInstance } from '../lab-service.ts'
import { blockOf } from './addresses.ts'
import { groupsOf, jobOf, type Group } from './jobs.ts'
import type { Lease } from './leases.ts'
import { podNetworkOf, type PodNetwork } from './pod-network.ts'

/** A machine of a deployment, as far as the containers' network goes. */
export interface Machine {
  readonly instance: RunningInstance
  readonly group: Group
  readonly address: string
  /** Its share of the SILK overlay, where it has one. */
  readonly lease?: Lease
  /** Of a worker of CFCR. */
  readonly pods?: PodNetwork
  /** Whether a Diego cell lets everything pass that comes over the overlay. */
  readonly isOpen: boolean
}

/** An app instance or a pod. */
export interface Container {
  /** `app/<guid>/<index>` or `pod/<namespace>/<name>`. */
  readonly id: string
  readonly kind: 'app' | 'pod'
  /** What policies name: the app's guid; empty for a pod, which no policy names. */
  readonly policyGroup: string
  /** What runs in it, and so on which ports something answers. */
  readonly image: string
}

/** A container that has a place and an address. */
export interface Placed extends Container {
  readonly machine: Machine
  readonly address: string
}

/** Apps of the source group may reach the destination's apps on these ports. */
export interface Policy {
  readonly source: string
  readonly destination: string
  readonly protocol: 'tcp' | 'udp'
  readonly start: number
  readonly end: number
}

/** What a security group lets apps reach outside of the overlay. */
export interface EgressRule {
  readonly protocol: 'tcp' | 'udp' | 'all'
  /** An address, a range in CIDR notation, or two addresses with a `-` between. */
  readonly destination: string
  /** Ports and ranges of them with commas between; none for `all`. */
  readonly ports?: string
}

/** An address of a Kubernetes service. */
export interface ServicePort {
  readonly address: string
  readonly port: number
  /** Port of every machine that leads to the service, for NodePort and LoadBalancer. */
  readonly nodePort?: number
  readonly targetPort: number
  /** Ids of containers that are ready. */
  readonly backends: readonly string[]
}

/** All that decides whether a packet arrives. */
export interface World {
  readonly overlay?: string
  readonly machines: readonly Machine[]
  readonly containers: readonly Placed[]
  readonly policies: readonly Policy[]
  readonly egress: readonly EgressRule[]
  /**
   * Asked only where a connection goes to one: which pods stand behind a service depends on which are ready, and
   * whether CoreDNS is ready depends on a connection.
   */
  readonly services: () => readonly ServicePort[]
  /** Address of the service that is the Kubernetes API itself, and its port. */
  readonly kubernetesApi?: { readonly address: string; readonly port: number }
}

/** The machines that run, with their shares and their pods' networks. */
export function machinesOf(state: LabState, leases: readonly Lease[]): readonly Machine[] {
  return groupsOf(state).flatMap(group => {
    const pods = jobOf(group, 'kubelet') === undefined ? undefined : podNetworkOf(group, state)
    return group.instances.map(instance => {
      const lease = leases.find(candidate => candidate.instance === instance.id)
      return {
        instance,
        group,
        address: instance.ips[0] ?? '',
        isOpen: isOpenCell(group),
        ...(lease === undefined ? {} : { lease }),
        ...(pods === undefined ? {} : { pods })
      }
    })
  })
}

/** A worker's share of Flannel's range, by its place among the workers; undefined where its pods are not on Flannel. */
export function flannelSubnetOf({ pods, group, instance }: Machine): string | undefined {
  if (pods?.kind !== 'flannel') return undefined
  return blockOf(pods.range, 24, group.instances.indexOf(instance) + 1)
}

/** Without the agent nothing enforces policies, and the agent can be told not to (silk-release 2.30.0). */
function isOpenCell(group: Group): boolean {
  const agent = jobOf(group, 'vxlan-policy-agent')
  return agent === undefined || at(agent.properties, 'disable_container_network_policy') === true
}
