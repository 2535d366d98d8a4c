/**
 * What the author of a pipeline imports: `import { get, git, job, pipeline } from 'causeway'`. The file ends in
 * `export default pipeline('name', { … })`, or in a function that gives one.
 */
export { across, type AcrossOptions, type AcrossVarOptions } from './concourse/across.ts'
export type { Artifact } from './concourse/artifact.ts'
export type { Data, DataMap } from './concourse/data.ts'
export { verbatim, type DurationText, type Time, type Verbatim } from './concourse/duration-text.ts'
export { job, type BuildLogRetentionOptions, type JobOptions } from './concourse/job.ts'
export { lines } from './concourse/lines.ts'
export type {
  ContainerLimits,
  Job,
  Json,
  JsonObject,
  Prototype,
  Resource,
  ResourceType,
  ResourceVersion,
  Step,
  VarSource
} from './concourse/model.ts'
export type { GroupOptions as StepGroupOptions, HookOptions, StepOptions } from './concourse/modifiers.ts'
export type { Allowed } from './concourse/origin.ts'
export {
  pipeline,
  type DisplayOptions,
  type GroupOptions,
  type NamedPipeline,
  type PipelineOptions
} from './concourse/pipeline.ts'
export {
  jobNamed,
  resourceNamed,
  type GroupGlob,
  type JobGlob,
  type NamedJob,
  type NamedResource
} from './concourse/reference.ts'
export { prototype, resourceType, varSource, type ResourceTypeOptions } from './concourse/resource-types.ts'
export {
  git,
  pool,
  registryImage,
  resource,
  time,
  type GitSource,
  type PoolSource,
  type RegistryImageSource,
  type ResourceOptions,
  type TimeSource
} from './concourse/resources.ts'
export { run, type RunOptions } from './concourse/run.ts'
export {
  attempt,
  get,
  inOrder,
  inParallel,
  put,
  type GetOptions,
  type InParallelOptions,
  type PutOptions
} from './concourse/steps.ts'
export type {
  ImageResourceOptions,
  TaskCacheOptions,
  TaskConfigOptions,
  TaskInputOptions,
  TaskOutputOptions,
  TaskRunOptions
} from './concourse/task-config.ts'
export { task, type FileTaskOptions, type InlineTaskOptions } from './concourse/task.ts'
export { loadVar, setPipeline, type LoadVarOptions, type SetPipelineOptions } from './concourse/var-steps.ts'
export {
  localVariable,
  variable,
  type LocalVariable,
  type Text,
  type Variable
} from './concourse/variable.ts'
export { Duration } from './core/duration.ts'
/** For rules of a team's own. */
export type { PlacedStep } from './concourse/step-tree.ts'
export type { StepOfKind } from './concourse/walk.ts'
export type { Severity } from './core/finding.ts'
export type { Level, Report, ReportOptions, Rule, StepChecks } from './rules/rule.ts'
export type { JobSubject, Subject } from './rules/subject.ts'
