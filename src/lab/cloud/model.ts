/** What the cloud was told of a resource by whoever created it, e.g. `director: bosh-lab`. */
export type Tags = Readonly<Record<string, string>>

interface Base {
  /** The cloud's own id of the resource, e.g. `vm-6a8f…`. */
  readonly cid: string
  readonly name: string
  readonly tags: Tags
  /** ISO 8601, UTC. */
  readonly createdAt: string
}

export interface Network extends Base {
  readonly kind: 'network'
  /** A part of 127.0.0.0/8, so that every machine of the lab has an address that answers on this one. */
  readonly cidr: string
  readonly gateway: string
}

export interface Firewall extends Base {
  readonly kind: 'firewall'
  /** cid of the network that it guards. */
  readonly network: string
}

export interface Address extends Base {
  readonly kind: 'address'
  readonly network: string
  readonly ip: string
}

export interface LoadBalancer extends Base {
  readonly kind: 'load-balancer'
  readonly network: string
  readonly ip: string
  readonly ports: readonly number[]
}

/** An image that VMs are made from. */
export interface Stemcell extends Base {
  readonly kind: 'stemcell'
  readonly version: string
}

export interface Vm extends Base {
  readonly kind: 'vm'
  readonly network: string
  readonly ip: string
  /** cid of the image it was made from. */
  readonly stemcell: string
  readonly az: string
  readonly vmType: string
  readonly state: 'running' | 'stopped'
  /** Jobs that run on it. A VM with the job `director` is hosted by the lab's service. */
  readonly jobs: readonly string[]
  /** Names of load balancers that it stands behind. */
  readonly loadBalancers: readonly string[]
}

export interface Disk extends Base {
  readonly kind: 'disk'
  readonly sizeMiB: number
  readonly az: string
  /** cid of the VM that has it; absent while it is attached to none. */
  readonly vm?: string
}

export type Resource = Network | Firewall | Address | LoadBalancer | Stemcell | Vm | Disk
export type Kind = Resource['kind']
export type ResourceOf<K extends Kind> = Extract<Resource, { kind: K }>

export interface CloudData {
  /** By cid. */
  readonly resources: Record<string, Resource>
}

/** What a caller says of a new resource; the cloud adds the rest. */
export interface NewResource {
  readonly name: string
  readonly tags?: Tags
}
