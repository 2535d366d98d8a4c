import type { ValueMap } from '../../../manifest/value.ts'
import type { JobSpec, LinkProvider, PackageRecord, ReleaseRecord, StemcellRecord } from '../model.ts'
import type { Network } from './cloud-config.ts'

export interface JobPlan {
  readonly name: string
  readonly release: ReleaseRecord
  readonly spec: JobSpec
  readonly properties: ValueMap
  readonly provides: ValueMap
  readonly consumes: ValueMap
}

export interface GroupNetwork {
  readonly network: Network
  readonly staticIps: readonly string[] | undefined
}

export interface GroupPlan {
  readonly name: string
  readonly lifecycle: 'service' | 'errand'
  readonly instances: number
  readonly azs: readonly string[]
  readonly vmType: string
  /** Those of the VM type with those of the extensions over them. */
  readonly cloudProperties: ValueMap
  readonly stemcell: StemcellRecord
  readonly networks: readonly GroupNetwork[]
  /** 0 for none. */
  readonly diskMiB: number
  readonly env: ValueMap
  readonly jobs: readonly JobPlan[]
  /** How many instances at the beginning of an update go first, alone. */
  readonly canaries: number
  readonly maxInFlight: number
}

export interface VariablePlan {
  readonly name: string
  readonly type: string
  readonly options: ValueMap
  readonly updateMode: 'overwrite' | 'no-overwrite' | 'converge'
}

/** What a manifest asks for, once it is known to be possible. */
export interface DeploymentPlan {
  readonly name: string
  /** The manifest with the addons and variables of the runtime configs in it; variables not yet resolved. */
  readonly manifest: ValueMap
  readonly stemcells: readonly StemcellRecord[]
  readonly releases: readonly ReleaseRecord[]
  readonly groups: readonly GroupPlan[]
  readonly variables: readonly VariablePlan[]
  readonly providers: readonly LinkProvider[]
  /** What must be compiled: packages of the jobs that are used, by release and stemcell. */
  readonly packages: readonly {
    readonly release: ReleaseRecord
    readonly package: PackageRecord
    readonly stemcell: StemcellRecord
  }[]
}
