import type { GetStep, Job, Pipeline, PutStep, Resource, TaskConfig, TaskStep } from '../concourse/model.ts'
import { newestRelease, type Release } from '../concourse/release.ts'
import type { TaskSignature } from '../concourse/signature.ts'
import { taskConfigOf } from '../concourse/task-file.ts'
import { signatureOf } from '../concourse/task-step.ts'
import { treeOf, type PlacedStep, type StepTree } from '../concourse/step-tree.ts'

export interface SubjectOptions {
  /** The release of Concourse that is to take the pipeline. @default the newest that is known */
  readonly target?: Release
  /** The task file that a step names, where it is at hand: `<artifact>/<path>`. */
  readonly taskFile?: (file: string) => TaskConfig | undefined
  /** Whether fly's vars have been filled, so that those that are left get no value. @default false */
  readonly areVarsGiven?: boolean
}

/** A pipeline and what rules ask of it, gathered once. */
export interface Subject {
  readonly pipeline: Pipeline
  readonly target: Release
  readonly areVarsGiven: boolean
  readonly jobs: readonly JobSubject[]
  /** Of all jobs. */
  readonly steps: readonly PlacedStep[]
  /** By name; of two with one name, the last. */
  readonly jobsByName: ReadonlyMap<string, JobSubject>
  readonly resourcesByName: ReadonlyMap<string, Resource>
  /** What a task takes and leaves, as far as it can be known without the build. */
  readonly configOf: (step: TaskStep) => TaskConfig | undefined
}

export interface JobSubject {
  readonly job: Job
  /** `jobs.<name>` */
  readonly path: string
  readonly tree: StepTree
  /** All that are in it, as `tree.steps`. */
  readonly steps: readonly PlacedStep[]
  /** Names of the resources that its gets and puts use. */
  readonly uses: ReadonlySet<string>
}

export function subjectOf(pipeline: Pipeline, options: SubjectOptions = {}): Subject {
  const { taskFile, target = newestRelease, areVarsGiven = false } = options
  const jobs = pipeline.jobs.map(jobSubject)
  const configsOfOurs = new Map<TaskSignature, TaskConfig>()
  const configsOfFiles = new Map<string, TaskConfig | undefined>()
  // Many rules ask, and to look a config up costs more than to remember it.
  const configOf = (step: TaskStep) => {
    const { config, file } = step
    if (config !== undefined) return config
    const signature = signatureOf(step)
    if (signature !== undefined) return remembered(configsOfOurs, signature, () => taskConfigOf(signature))
    if (file === undefined || taskFile === undefined) return undefined
    return remembered(configsOfFiles, file, () => taskFile(file))
  }
  return {
    pipeline,
    target,
    areVarsGiven,
    jobs,
    steps: jobs.flatMap(({ steps }) => steps),
    jobsByName: new Map(jobs.map(subject => [subject.job.name, subject])),
    resourcesByName: new Map(pipeline.resources.map(resource => [resource.name, resource])),
    configOf
  }
}

function jobSubject(job: Job): JobSubject {
  const tree = treeOf(job)
  const uses = new Set<string>()
  for (const { step } of tree.steps) if (isGetOrPut(step)) uses.add(resourceNameOf(step))
  return { job, path: `jobs.${job.name}`, tree, steps: tree.steps, uses }
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V | undefined {
  if (!known.has(key)) known.set(key, find())
  return known.get(key)
}

/** The resource of a get or put: its own name, where it says no other. */
export function resourceNameOf(step: GetStep | PutStep): string {
  return step.resource ?? step.name
}

export function isGetOrPut(step: PlacedStep['step']): step is GetStep | PutStep {
  return step.kind === 'get' || step.kind === 'put'
}
