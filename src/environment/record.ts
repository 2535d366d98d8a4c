/** Where a playground's machines stand. `lab` is the imitation cloud on this machine. */
export const iaases = ['aws', 'gcp', 'azure', 'vsphere', 'openstack', 'lab'] as const
export type Iaas = (typeof iaases)[number]

/**
 * One environment, as `env/<name>.yml` says it, with every default filled in. Keys keep the spelling of the YAML.
 * Secrets never stand here, only the names of `((vars))`.
 */
export interface EnvironmentRecord {
  /** `^[a-z][a-z0-9-]{2,19}$`; no name is the prefix of another, because clean-up filters match substrings. */
  readonly name: string
  readonly iaas: Iaas
  readonly region: string
  readonly system_domain: string
  /** A version set: `env/versions/<set>.yml`. */
  readonly versions: string
  readonly director: 'bucc' | 'plain'
  /** `control`: a Concourse outside the playground. `self-hosted`: the playground's own, which refuses to repave itself. */
  readonly topology: 'control' | 'self-hosted'
  /** Whether destroying it needs a second word: its name, said again. */
  readonly protected: boolean
  /** URL of the Concourse that runs its pipelines, which must not stand in it; absent where the record does not say. */
  readonly concourse?: string
  /** What bbl is given beyond the credentials. */
  readonly bbl: {
    /** Folders of `plan-patches/`, copied between plan and up in this order. */
    readonly plan_patches: readonly string[]
    /** Variables that bbl may have for this IaaS but does not need, like `BBL_VSPHERE_INTERNAL_GW`. */
    readonly variables: Readonly<Record<string, string>>
  }
  readonly network: {
    readonly kind: 'silk' | 'flannel'
    readonly overlay: string
    readonly subnet_prefix: number
    /** How CFCR's workers learn of the overlay: by the link that CF shares, or by what stands here. */
    readonly link: 'shared' | 'by-hand'
  }
  /** How kubelet learns a pod's address. */
  readonly pod_ip: 'rescope' | 'nsenter-wrapper'
  readonly cf: DeploymentRecord & {
    /** One instance of each group, all in one zone. */
    readonly small: boolean
  }
  readonly cfcr: DeploymentRecord
  readonly lease: {
    /** How long a claim is good, in Go's notation. */
    readonly ttl: string
    /** How long after that before somebody else may take it. */
    readonly grace: string
  }
  /** One branch of one git repository holds the state of this environment, encrypted. */
  readonly state: StatePlace
  /** Locks in pool-resource's layout: `<pool>/unclaimed/<name>` or `<pool>/claimed/<name>`. */
  readonly locks: GitPlace & { readonly pool: string }
  /** Where `causeway publish` pushes pipelines and task bundles, and where Concourse takes them from. */
  readonly publish: GitPlace
  readonly notify: readonly string[]
}

export interface GitPlace {
  readonly uri: string
  readonly branch: string
  /** The var that holds the deploy key, without its brackets; absent for a repository that needs none. */
  readonly private_key?: string
}

export interface StatePlace extends GitPlace {
  /** The var that holds the age identities that decrypt the state, without its brackets. */
  readonly identity: string
  /** Public age keys of further readers. */
  readonly recipients: readonly string[]
}

export interface DeploymentRecord {
  /** Further upstream ops files, by their path in the upstream repository. */
  readonly ops: readonly string[]
  readonly vars: Readonly<Record<string, string | number | boolean>>
  /** Instances by instance group, where they differ from ours. */
  readonly scale: Readonly<Record<string, number>>
}
