/** What exists of an environment, as its state, its Director and its IaaS tell. Nothing of it where it is not paved. */
export interface Snapshot {
  /** What the state branch says; absent where nothing was paved. */
  readonly state?: {
    readonly env_id: string
    /** Number of the last checkpoint, where the state counts them. */
    readonly serial?: number
  }
  readonly deployments: readonly ExistingDeployment[]
  readonly vms: readonly ExistingVm[]
  readonly disks: readonly ExistingDisk[]
  readonly networks: readonly string[]
  readonly load_balancers: readonly string[]
}

export interface ExistingDeployment {
  readonly name: string
  /** `name/version`. */
  readonly releases: readonly string[]
  readonly stemcells: readonly string[]
}

export interface ExistingVm {
  readonly cid: string
  /** Instance, e.g. `diego-cell/0`; `jumpbox` and `director` for the two that bbl makes. */
  readonly instance: string
  /** Absent for a VM that belongs to no deployment. */
  readonly deployment?: string
}

interface ExistingDisk {
  readonly cid: string
  /** Absent for an orphan. */
  readonly deployment?: string
}

export const nothing: Snapshot = { deployments: [], vms: [], disks: [], networks: [], load_balancers: [] }
