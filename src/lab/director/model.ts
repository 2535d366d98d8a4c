import type { Value, ValueMap } from '../../manifest/value.ts'

export interface StemcellRecord {
  readonly name: string
  readonly os: string
  readonly version: string
  /** Image in the cloud. */
  cid: string
}

/** A link that a job gives or takes, from its spec. */
export interface LinkSpec {
  readonly name: string
  readonly type: string
  readonly optional?: boolean
}

export interface JobSpec {
  readonly name: string
  readonly fingerprint: string
  readonly provides: readonly LinkSpec[]
  readonly consumes: readonly LinkSpec[]
  /** Names of packages. */
  readonly packages: readonly string[]
  /** Whether it has a script `bin/run`, and so can be run as an errand. */
  readonly isErrand: boolean
}

export interface PackageRecord {
  readonly name: string
  readonly fingerprint: string
  readonly hasSource: boolean
  /** Stemcells for which the release brought it compiled: `ubuntu-xenial/621.76`. */
  readonly compiledFor: readonly string[]
}

export interface ReleaseRecord {
  readonly name: string
  readonly version: string
  readonly commitHash: string
  readonly uncommittedChanges: boolean
  readonly jobs: readonly JobSpec[]
  readonly packages: readonly PackageRecord[]
  /** A release that was "downloaded": what is in it is not known, so it has any job that a manifest names. */
  readonly isOpen: boolean
}

export interface ConfigRecord {
  readonly id: number
  readonly type: string
  readonly name: string
  readonly content: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  isDeleted: boolean
}

/** What `bosh start`, `stop` and `stop --hard` make of an instance. */
export type InstanceState = 'started' | 'stopped' | 'detached'

export interface VmRecord {
  readonly cid: string
  readonly agentId: string
  /** By network name. */
  readonly ips: Readonly<Record<string, string>>
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly stemcell: { readonly name: string; readonly version: string }
  readonly vmType: string
  readonly cloudProperties: Value
  /** Hash of all that needs a new VM when it changes. */
  readonly vmHash: string
}

export interface InstanceRecord {
  readonly id: string
  readonly group: string
  readonly index: number
  readonly az: string
  readonly bootstrap: boolean
  readonly lifecycle: 'service' | 'errand'
  state: InstanceState
  ignore: boolean
  jobs: readonly string[]
  vm?: VmRecord
  disk?: { readonly cid: string; readonly sizeMiB: number }
  /** Hash of all that needs an update when it changes; absent until the first update has succeeded. */
  configHash?: string
}

export interface DeploymentRecord {
  readonly name: string
  /** The manifest of the last deploy that succeeded, as it was sent; empty before the first one. */
  manifest: string
  /** As `manifest`, with variables and addons filled in; of the deploy under way, or the last one. */
  resolved: ValueMap
  /** What its jobs provide to other deployments and to itself. */
  providers: readonly LinkProvider[]
  releases: readonly { readonly name: string; readonly version: string }[]
  stemcells: readonly { readonly name: string; readonly version: string }[]
  cloudConfigs: readonly number[]
  runtimeConfigs: readonly number[]
  variables: readonly { readonly id: string; readonly name: string }[]
  instances: InstanceRecord[]
}

export interface LinkProvider {
  /** The name under which it is found: the `as` of the manifest, or the job's own. */
  readonly name: string
  readonly originalName: string
  readonly type: string
  readonly job: string
  readonly group: string
  readonly isShared: boolean
}

export interface OrphanDisk {
  readonly disk_cid: string
  readonly size: number
  readonly az: string
  readonly deployment_name: string
  readonly instance_name: string
  readonly cloud_properties: ValueMap
  /** `2026-01-09 06:23:25 UTC` */
  readonly orphaned_at: string
}

export type TaskState = 'queued' | 'processing' | 'cancelling' | 'cancelled' | 'done' | 'error'

export interface TaskRecord {
  readonly id: number
  readonly type: string
  state: TaskState
  readonly description: string
  /** Seconds since 1970. */
  timestamp: number
  started_at: number
  result: string
  readonly user: string
  readonly deployment: string | null
  readonly context_id: string
}

/** All that a Director keeps in its database. */
export interface DirectorData {
  readonly uuid: string
  nextTask: number
  nextConfig: number
  stemcells: StemcellRecord[]
  releases: ReleaseRecord[]
  /** Packages that this Director has compiled: `<fingerprint> <os>/<version>`. */
  compiled: string[]
  configs: ConfigRecord[]
  deployments: DeploymentRecord[]
  orphanDisks: OrphanDisk[]
  tasks: TaskRecord[]
}
