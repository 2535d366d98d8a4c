import type { Value, ValueMap } from '../manifest/value.ts'
import type { Cloud } from './cloud/cloud.ts'

/** One instance of a deployment that has a VM. */
export interface RunningInstance {
  readonly group: string
  readonly index: number
  readonly id: string
  readonly az: string
  readonly ips: readonly string[]
  readonly vmCid: string
  /** Names of its jobs. */
  readonly jobs: readonly string[]
  /** What `bosh instances` shows: `running`, `stopped` … */
  readonly state: string
}

/** A deployment as it runs now; while it is being updated, as far as that has come. */
export interface RunningDeployment {
  readonly name: string
  /** Name of its Director, e.g. `bosh-lab`. */
  readonly director: string
  /** The manifest with every variable, runtime addon and default filled in. */
  readonly manifest: ValueMap
  readonly instances: readonly RunningInstance[]
}

/** What is up in the lab. */
export interface LabState {
  readonly deployments: readonly RunningDeployment[]
}

/** What a service of the lab may ask and do. */
export interface LabContext {
  /** The lab's folder, absolute. */
  readonly lab: string
  readonly cloud: Cloud
  /** What is up now; asks anew at each call. */
  state(): LabState
  /**
   * The value of a credential in CredHub, by its absolute name (`/bosh-lab/cf/cf_admin_password`) on the Director that the
   * name begins with; undefined where there is none.
   */
  credential(name: string): Value | undefined
  /** Publishes host names in `<lab>/dns.json` until the service is closed. */
  publish(names: Readonly<Record<string, string>>): void
  /** A folder for the service's own state; it is removed when the service is no longer wanted. */
  readonly folder: string
  log(line: string): void
}

export interface RunningService {
  readonly port: number
  close(): Promise<void>
}

export interface ErrandRun {
  readonly deployment: RunningDeployment
  readonly instance: Pick<RunningInstance, 'group' | 'index' | 'id'>
  /** The job that has the errand, e.g. `smoke-tests`. */
  readonly job: string
  readonly signal: AbortSignal
}

export interface ErrandOutcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Another API that the lab's process answers while some deployment runs: the Cloud Controller, the Kubernetes API. It is
 * started and closed after each change of a deployment, before the Director's task counts as done.
 */
export interface LabService {
  readonly name: string
  wanted(state: LabState): boolean
  start(context: LabContext): Promise<RunningService>
  /** Runs an errand that this service knows; undefined leaves it to the next one, and an errand that nobody knows succeeds. */
  runErrand?(errand: ErrandRun, context: LabContext): Promise<ErrandOutcome | undefined>
}
