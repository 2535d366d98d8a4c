// Generated from the tables in schema-*.ts by `npm run docs`: do not edit.
import type { Json, JsonObject, Step } from './model.ts'

/** What fly set-pipeline takes. */
export interface Pipeline {
  /** Tabs of the web page. */
  readonly groups?: readonly Group[]
  /** Credential managers of this pipeline. @since Concourse 5.8 */
  readonly var_sources?: readonly VarSource[]
  /** Types that Concourse does not bring along. */
  readonly resource_types?: readonly ResourceType[]
  /** What run steps would run. @since Concourse 7.4 */
  readonly prototypes?: readonly Prototype[]
  /** What its jobs get and put. @default [] */
  readonly resources: readonly Resource[]
  /** At least one. */
  readonly jobs: readonly Job[]
  /** How its web page looks. @since Concourse 6.6 */
  readonly display?: Display
  /** Anything; Concourse keeps it and gives it back. @since Concourse 8.2 */
  readonly user_data?: Json
}

/** A tab of the web page. Where there are groups, every job is in one. */
export interface Group {
  /** What the tab says. */
  readonly name: string
  /** Names of jobs, or globs: *, **, ?, [a-z] and {a,b}. */
  readonly jobs?: readonly string[]
  /** Names of further resources; those of its jobs are in it anyway. */
  readonly resources?: readonly string[]
}

/** A credential manager of this pipeline alone. */
export interface VarSource {
  /** What vars call it: ((name:path)). */
  readonly name: string
  /** vault, dummy, ssm, secretsmanager (since 7.7) or idtoken (since 7.14). */
  readonly type: string
  /** Up to the type; may take vars of other sources. */
  readonly config?: Json
}

/** A type of resources that Concourse does not bring along. */
export interface ResourceType {
  /** What the others call it; types and prototypes share their names. */
  readonly name: string
  /** The resource type of its image, e.g. registry-image. */
  readonly type: string
  /** Where the image is. */
  readonly source?: JsonObject
  /** What the source of each of its resources says unless it says otherwise. @since Concourse 7.0 */
  readonly defaults?: JsonObject
  /** Whether its containers may do all that root may. @default false */
  readonly privileged?: boolean
  /** How often to look for a new image, or never. @default the server's interval */
  readonly check_every?: string
  /** Of the workers that may check and fetch it. */
  readonly tags?: readonly string[]
  /** How the image is fetched. */
  readonly params?: JsonObject
}

/** What a run step would run. Concourse 8.3 still runs nothing there. */
export interface Prototype {
  /** What the others call it; types and prototypes share their names. */
  readonly name: string
  /** The resource type of its image, e.g. registry-image. */
  readonly type: string
  /** Where the image is. */
  readonly source?: JsonObject
  /** What the source of each of its resources says unless it says otherwise. @since Concourse 7.0 */
  readonly defaults?: JsonObject
  /** Whether its containers may do all that root may. @default false */
  readonly privileged?: boolean
  /** How often to look for a new image, or never. @default the server's interval */
  readonly check_every?: string
  /** Of the workers that may check and fetch it. */
  readonly tags?: readonly string[]
  /** How the image is fetched. */
  readonly params?: JsonObject
}

/** Something with versions outside of Concourse. */
export interface Resource {
  /** Unique among the resources. */
  readonly name: string
  /** A type that Concourse brings along, or one of resource_types. */
  readonly type: string
  /** Its name before, so that its versions stay. @since Concourse 5.2 */
  readonly old_name?: string
  /** A name of Material Design Icons; since 8.2 also si/<name> of Simple Icons. @since Concourse 5.1 */
  readonly icon?: string
  /** Whether those who are not logged in see its versions. @default false */
  readonly public?: boolean
  /** With it, a request to the web hook makes Concourse look for versions. */
  readonly webhook_token?: string
  /** How often to look for versions, or never. @default the server's interval, 1m */
  readonly check_every?: string
  /** How long a look may take. @default the server's, 1h */
  readonly check_timeout?: string
  /** Whether it is told who started a build. @default false @since Concourse 7.0 */
  readonly expose_build_created_by?: boolean
  /** Of the workers that may check it. */
  readonly tags?: readonly string[]
  /** This version and no other. */
  readonly version?: Readonly<Record<string, string>>
  /** Where it is; what may be said is up to the type. */
  readonly source?: JsonObject
}

/** A plan and when it runs. */
export interface Job {
  /** Unique among the jobs. */
  readonly name: string
  /** Its name before, so that its builds stay. @since Concourse 5.2 */
  readonly old_name?: string
  /** Whether those who are not logged in see its build logs. @default false */
  readonly public?: boolean
  /** Whether one build waits for the other. @default false */
  readonly serial?: boolean
  /** Of all jobs with such a word in common, one runs at a time. */
  readonly serial_groups?: readonly string[]
  /** How many builds may run at a time; serial and serial_groups make it 1. @default 0, no limit */
  readonly max_in_flight?: number
  /** Whether a worker that lands need not wait for its builds. @default false */
  readonly interruptible?: boolean
  /** Whether nobody may start it by hand. @default false */
  readonly disable_manual_trigger?: boolean
  /** Whether nobody may run a build again. @default false @since Concourse 8.1 */
  readonly disable_reruns?: boolean
  /** Of the workers that may run its steps. @since Concourse 8.3 */
  readonly tags?: readonly string[]
  /** Which of its build logs are kept. */
  readonly build_log_retention?: BuildLogRetention
  /** Logs of the last builds. No longer: write build_log_retention: {builds: …}. */
  readonly build_logs_to_retain?: number
  /** Its steps, one after the other. */
  readonly plan: readonly Step[]
  /** When the plan has succeeded. */
  readonly on_success?: Step
  /** When a step has failed, or its time ran out. */
  readonly on_failure?: Step
  /** When the build was aborted. */
  readonly on_abort?: Step
  /** When a step could not run to its end, e.g. for want of a worker. @since Concourse 5.1 */
  readonly on_error?: Step
  /** Whatever the outcome, and after the other hooks. */
  readonly ensure?: Step
}

/** Which logs are kept; 0 sets no limit. */
export interface BuildLogRetention {
  /** Logs of builds younger than that. @default 0 @since Concourse 5.7 */
  readonly days?: number
  /** Logs of the last builds. @default 0 @since Concourse 5.2 */
  readonly builds?: number
  /** Of the kept builds, at least so many that succeeded. @default 0 @since Concourse 5.7 */
  readonly minimum_succeeded_builds?: number
}

/** How the web page of the pipeline looks. */
export interface Display {
  /** Address of an image, by http, https or relative. @since Concourse 6.6 */
  readonly background_image?: string
  /** A filter of CSS for the image. @default opacity(30%) grayscale(100%) @since Concourse 7.13 */
  readonly background_filter?: string
}

/** Sends a message to a prototype. Concourse 8.3 does not, yet says that it succeeded. */
export interface RunStep {
  readonly kind: 'run'
  /** The message. @since Concourse 7.4 */
  readonly name: string
  /** The prototype. */
  readonly type: string
  /** What the message says; up to the prototype. */
  readonly params?: JsonObject
  /** Whether its container may do all that root may. @default false */
  readonly privileged?: boolean
  /** What its container may use; wins over the task file. */
  readonly container_limits?: ContainerLimits
  /** Of the workers that may run it. */
  readonly tags?: readonly string[]
  /** How long it may take, e.g. 1h30m; then it fails. @default for ever */
  readonly timeout?: string
}

/** What the container may use at most. */
export interface ContainerLimits {
  /** Shares of the CPU, as cgroups count them. @default 0 */
  readonly cpu?: number
  /** Bytes, or a whole number with a unit, which is binary whatever its name: 1GB is 2^30 bytes. @default 0 */
  readonly memory?: number | string
}

/** Runs a program in a container. */
export interface TaskStep {
  readonly kind: 'task'
  /** What the web page calls it. */
  readonly name: string
  /** Values for the params that the task declares. */
  readonly params?: JsonObject
  /** The task file, <artifact>/<path>. Exactly one of file and config. */
  readonly file?: string
  /** What the task file would say. */
  readonly config?: TaskConfig
  /** An artifact that holds the image's root file system. */
  readonly image?: string
  /** The task's input → artifact of the plan. */
  readonly input_mapping?: Readonly<Record<string, string>>
  /** The task's output → artifact of the plan. */
  readonly output_mapping?: Readonly<Record<string, string>>
  /** Values for ((vars)) of the task file. */
  readonly vars?: JsonObject
  /** Whether its container may do all that root may. @default false */
  readonly privileged?: boolean
  /** Whether its container is cut off the network; only with the containerd runtime. @default false @since Concourse 7.10 */
  readonly hermetic?: boolean
  /** What its container may use; wins over the task file. */
  readonly container_limits?: ContainerLimits
  /** Of the workers that may run it. */
  readonly tags?: readonly string[]
  /** How long it may take, e.g. 1h30m; then it fails. @default for ever */
  readonly timeout?: string
}

/** What a task file says, or a task step in its place. */
export interface TaskConfig {
  /** Of the worker: linux, darwin or windows. */
  readonly platform: string
  /** Its image. image of the task step wins over it. */
  readonly image_resource?: ImageResource
  /** The image as the worker knows it, for workers without image resources. */
  readonly rootfs_uri?: string
  /** Artifacts that it takes. */
  readonly inputs?: readonly TaskInput[]
  /** Artifacts that it makes. */
  readonly outputs?: readonly TaskOutput[]
  /** Folders that last from build to build. */
  readonly caches?: readonly TaskCache[]
  /** Variables of its environment and their defaults. Numbers, lists and maps become text, null the empty text. */
  readonly params?: JsonObject
  /** What its container may use. */
  readonly container_limits?: ContainerLimits
  /** Its program. @default the image's entrypoint */
  readonly run?: TaskRun
}

/** The image of a task, fetched when the task starts. */
export interface ImageResource {
  /** What the web page calls it. */
  readonly name?: string
  /** A resource type, e.g. registry-image. */
  readonly type: string
  /** Where it is; what may be said is up to the type. */
  readonly source?: JsonObject
  /** How it is fetched; what may be said is up to the type. */
  readonly params?: JsonObject
  /** This version and no other. @default the latest */
  readonly version?: Readonly<Record<string, string>>
  /** Of the workers that may fetch it. */
  readonly tags?: readonly string[]
}

/** An artifact that the task takes. */
export interface TaskInput {
  /** The artifact, unless input_mapping gives another. */
  readonly name: string
  /** Its folder, below the working directory. @default the name */
  readonly path?: string
  /** Whether the task does without it. @default false */
  readonly optional?: boolean
}

/** An artifact that the task makes, also when it fails. */
export interface TaskOutput {
  /** The artifact, unless output_mapping gives another. */
  readonly name: string
  /** Its folder, below the working directory. @default the name */
  readonly path?: string
}

/** A folder that later builds of the same job find again on the same worker. */
export interface TaskCache {
  /** The folder, below the working directory. */
  readonly path: string
  /** How long it is kept without use, at least 1s. @default for ever @since Concourse 8.2 */
  readonly ttl?: string
}

/** The program of a task. */
export interface TaskRun {
  /** The program; since 8.0 it may be left out. @default the image's entrypoint */
  readonly path?: string
  /** Its arguments, which no shell looks at. */
  readonly args?: readonly string[]
  /** Where it runs. @default the working directory */
  readonly dir?: string
  /** Who runs it. @default the image's user */
  readonly user?: string
}

/** Makes a version of a resource, and fetches it. */
export interface PutStep {
  readonly kind: 'put'
  /** The artifact that the fetch makes. */
  readonly name: string
  /** The resource, where the artifact has another name. @default the name */
  readonly resource?: string
  /** What to make of it; what may be said is up to the resource. */
  readonly params?: JsonObject
  /** Artifacts that it can see: those that params name, all, or these. @default detect */
  readonly inputs?: 'detect' | 'all' | readonly string[]
  /** How what was made is fetched afterwards. */
  readonly get_params?: JsonObject
  /** Whether what was made is left unfetched: no artifact then. @default false @since Concourse 7.9 */
  readonly no_get?: boolean
  /** Of the workers that may run it. */
  readonly tags?: readonly string[]
  /** How long it may take, e.g. 1h30m; then it fails. @default for ever */
  readonly timeout?: string
}

/** Fetches a version of a resource. */
export interface GetStep {
  readonly kind: 'get'
  /** The artifact. */
  readonly name: string
  /** The resource, where the artifact has another name. @default the name */
  readonly resource?: string
  /** Whether a new version starts the job. @default false */
  readonly trigger?: boolean
  /** Jobs that the version must have passed; globs since 8.1. @default [] */
  readonly passed?: readonly string[]
  /** Which versions to build: the latest, each in turn, or one and no other. @default latest */
  readonly version?: 'latest' | 'every' | Readonly<Record<string, string>>
  /** How it is fetched; what may be said is up to the resource. */
  readonly params?: JsonObject
  /** Of the workers that may run it. */
  readonly tags?: readonly string[]
  /** How long it may take, e.g. 1h30m; then it fails. @default for ever */
  readonly timeout?: string
}

/** Sets a pipeline. */
export interface SetPipelineStep {
  readonly kind: 'set_pipeline'
  /** Its name, or self for the one that runs. @since Concourse 5.8 */
  readonly name: string
  /** The pipeline, <artifact>/<path>. */
  readonly file: string
  /** Whose it becomes; only the main team may say so. @default this team @since Concourse 6.4 */
  readonly team?: string
  /** What tells this instance from others of its name; also values for its ((vars)). @since Concourse 7.0 */
  readonly instance_vars?: JsonObject
  /** Values for its ((vars)); win over var_files. */
  readonly vars?: JsonObject
  /** Files of values, <artifact>/<path>; earlier ones win over later. */
  readonly var_files?: readonly string[]
}

/** Reads a file into a local var. */
export interface LoadVarStep {
  readonly kind: 'load_var'
  /** The name of the local var: ((.:name)) in later steps. @since Concourse 5.8 */
  readonly name: string
  /** The file, <artifact>/<path>. */
  readonly file: string
  /** How to read it; trim drops blanks round the text, raw does not. @default by the file's extension, else trim @since Concourse 6.0 */
  readonly format?: 'json' | 'yaml' | 'yml' | 'trim' | 'raw'
  /** Whether its value may be seen in build logs. @default false */
  readonly reveal?: boolean
}

/** Runs a step and succeeds whatever its outcome. */
export interface TryStep {
  readonly kind: 'try'
  /** The step. */
  readonly step: Step
}

/** Runs steps one after the other. */
export interface DoStep {
  readonly kind: 'do'
  /** Its steps. */
  readonly steps: readonly Step[]
  /** Of the workers that may run its steps. @since Concourse 8.3 */
  readonly tags?: readonly string[]
}

/** Runs steps at the same time. */
export interface InParallelStep {
  readonly kind: 'in_parallel'
  /** How many run at a time; 0 is all. @default 0 */
  readonly limit?: number
  /** Whether the others are aborted as soon as one has failed. @default false */
  readonly fail_fast?: boolean
  /** Steps that run at the same time. */
  readonly steps: readonly Step[]
  /** Of the workers that may run its steps. @since Concourse 8.3 */
  readonly tags?: readonly string[]
}

/** A local var, and what it is in each iteration. */
export interface AcrossVar {
  /** Its name: ((.:name)) within the step. */
  readonly var: string
  /** One for each iteration, or a var that holds them. @default [] */
  readonly values?: string | readonly Json[]
  /** How many iterations may run at a time. @default 1 */
  readonly max_in_flight?: number | 'all'
}
