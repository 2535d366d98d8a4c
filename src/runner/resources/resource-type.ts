import type { JsonObject, ResourceVersion } from '../../concourse/model.ts'
import type { Log } from '../../core/log.ts'
import type { Programs } from '../../tools/exec.ts'
import type { KeyTable } from './keys.ts'

/** What a resource type may use while it works. */
export interface ResourceContext {
  /** Starts programs; they end when the step is aborted or out of time. */
  readonly programs: Programs
  /** As `programs`, for what must not be torn apart: an abort reaches it late. */
  readonly steadyPrograms: Programs
  readonly log: Log
  /** Tells people of something that is done otherwise than in Concourse. */
  readonly notice: (message: string) => void
  /** An empty folder that nobody else can look into, for the time of one call: keys, settings, clones. */
  readonly scratch: string
  readonly signal: AbortSignal
  readonly build: BuildNames
  readonly now: () => Date
}

/** Who does this, for logs that outlive the run. */
export interface BuildNames {
  readonly pipeline: string
  readonly job: string
  readonly run: string
  /** Number of the step in its run. */
  readonly step: number
  readonly host: string
}

export interface Metadata {
  readonly name: string
  readonly value: string
}

export interface Fetched {
  readonly version: ResourceVersion
  readonly metadata: readonly Metadata[]
}

/** Something a resource's source or a step's params say that can't be done here. */
export interface Fault {
  /** `source.uri`, `params.repository` … */
  readonly key: string
  readonly code: string
  readonly message: string
  readonly hint?: string
}

export interface InspectedStep {
  readonly kind: 'get' | 'put'
  readonly source: JsonObject
  readonly params: JsonObject
}

export interface GetRequest {
  readonly source: JsonObject
  readonly version: ResourceVersion
  readonly params: JsonObject
  /** Is there, and empty. */
  readonly folder: string
}

export interface PutRequest {
  readonly source: JsonObject
  readonly params: JsonObject
  /** Holds copies of the put's inputs, each under its name. */
  readonly folder: string
}

/** A kind of resource that this machine can work with, in the place of the image that Concourse would run. */
export interface ResourceType {
  readonly name: string
  /** Programs without which it can do nothing. */
  readonly programs: readonly string[]
  /** The keys that its source may have, and those of the params of a get and a put. */
  readonly keys: { readonly source: KeyTable; readonly get: KeyTable; readonly put?: KeyTable }
  /** What a get leaves stands for an image, which is not fetched. */
  readonly image?: true
  /** What is wrong beyond single keys. Vars may still stand in the params. */
  readonly inspect?: (step: InspectedStep) => readonly Fault[]
  /** The newest version; undefined where there is none. */
  readonly check: (source: JsonObject, context: ResourceContext) => Promise<ResourceVersion | undefined>
  /** Fills the folder with a version. */
  readonly get: (request: GetRequest, context: ResourceContext) => Promise<Fetched>
  /** Makes a version of what lies in the folder. Absent where this machine can't. */
  readonly put?: (request: PutRequest, context: ResourceContext) => Promise<Fetched>
}
