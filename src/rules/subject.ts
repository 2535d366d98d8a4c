import type { GetStep, Job, Pipeline, PutStep, Resource, TaskConfig, TaskStep } from '../concourse/model.ts'
import { newestRelease, type Release } from '../concourse/release.ts'
import { taskConfigOf } from '../concourse/task-file.ts'
import { signatureOf } from '../concourse/task-step.ts'
import { stepsOfJob, type PlacedStep } from '../concourse/step-tree.ts'

export interface SubjectOptions {
  /** The release of Concourse that is to take the pipeline. @default the newest that is known */
  readonly target?: Release
  /** The task file that a step names, where it is at hand: `<artifact>/<path>`. */
  readonly taskFile?: (file: string) => TaskConfig | undefined
}

/** A pipeline and what rules ask of it, gathered once. */
export interface Subject {
  readonly pipeline: Pipeline
  readonly target: Release
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
  /** Outside before inside and in the order of the plan, hooks last. */
  readonly steps: readonly PlacedStep[]
  /** Names of the resources that its gets and puts use. */
  readonly uses: ReadonlySet<string>
}

export function subjectOf(pipeline: Pipeline, options: SubjectOptions = {}): Subject {
  const { taskFile, target = newestRelease } = options
  const jobs = pipeline.jobs.map(jobSubject)
  const configs = new Map<TaskStep, TaskConfig | undefined>()
  const foundConfig = (step: TaskStep) => {
    const signature = signatureOf(step)
    if (signature !== undefined) return taskConfigOf(signature)
    return step.file === undefined ? undefined : taskFile?.(step.file)
  }
  // Many rules ask, and to look a config up costs more than to remember it.
  const configOf = (step: TaskStep) => {
    if (step.config !== undefined) return step.config
    if (!configs.has(step)) configs.set(step, foundConfig(step))
    return configs.get(step)
  }
  return {
    pipeline,
    target,
    jobs,
    steps: jobs.flatMap(({ steps }) => steps),
    jobsByName: new Map(jobs.map(subject => [subject.job.name, subject])),
    resourcesByName: new Map(pipeline.resources.map(resource => [resource.name, resource])),
    configOf
  }
}

function jobSubject(job: Job): JobSubject {
  const steps = stepsOfJob(job)
  const uses = new Set<string>()
  for (const { step } of steps) if (isGetOrPut(step)) uses.add(resourceNameOf(step))
  return { job, path: `jobs.${job.name}`, steps, uses }
}

/** The resource of a get or put: its own name, where it says no other. */
export function resourceNameOf(step: GetStep | PutStep): string {
  return step.resource ?? step.name
}

export function isGetOrPut(step: PlacedStep['step']): step is GetStep | PutStep {
  return step.kind === 'get' || step.kind === 'put'
}
