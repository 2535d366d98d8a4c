import type { PutStep, Step, TaskConfig, TaskStep } from '../concourse/model.ts'
import { childrenOf, stepPath, topStepsOf } from '../concourse/walk.ts'
import { ArtifactScope, type Need, type OpenNeed } from './artifact-scope.ts'
import type { JobSubject, Subject } from './subject.ts'

/** What goes wrong with the artifacts of a job. */
export interface ArtifactFlow {
  /** Needs that no step before them meets. */
  readonly missing: readonly Need[]
  /** Needs that a step meets which runs at the same time. */
  readonly races: readonly OpenNeed[]
  /** Names that some step of the job makes, for suggestions. */
  readonly made: ReadonlySet<string>
}

const flows = new WeakMap<JobSubject, ArtifactFlow>()

/**
 * How artifacts flow through a job; followed once, whoever asks. A get registers its name, a put too unless `no_get`, a
 * task each of its outputs, even when it fails; hooks see all of it (concourse v8.3, atc/exec). Where a task's file is
 * not at hand, nothing is said of what comes after it.
 */
export function artifactFlow(job: JobSubject, { configOf }: Subject): ArtifactFlow {
  const known = flows.get(job)
  if (known !== undefined) return known
  const flow = new Flow(configOf)
  const scope = new ArtifactScope()
  for (const { step, at } of topStepsOf(job.job)) flow.run(step, at, scope)
  const followed = { missing: scope.open, races: flow.races, made: scope.made }
  flows.set(job, followed)
  return followed
}

class Flow {
  readonly races: OpenNeed[] = []
  readonly #configOf: Subject['configOf']

  constructor(configOf: Subject['configOf']) {
    this.#configOf = configOf
  }

  /** Adds what the step takes and makes; `at` is its place in the plan. */
  run(step: Step, at: string, scope: ArtifactScope): void {
    const path = stepPath(step, at)
    if (step.kind === 'get') scope.make(step.name)
    if (step.kind === 'put') {
      for (const need of needsOfPut(step, path)) scope.need(need)
      if (step.no_get !== true) scope.make(step.name)
    }
    if (step.kind === 'task') this.#task(step, path, scope)
    // With a limit of 1 the branches run one after the other, in their order.
    const isParallel = step.kind === 'in_parallel' && step.limit !== 1
    const branches = childrenOf(step).map(child => {
      const branch = isParallel ? new ArtifactScope(scope) : scope
      this.run(child.step, `${path}${child.key}`, branch)
      return branch
    })
    if (isParallel) this.races.push(...scope.join(branches))
  }

  #task(step: TaskStep, path: string, scope: ArtifactScope): void {
    const config = this.#configOf(step)
    for (const need of needsOfTask(step, config, path)) scope.need(need)
    for (const output of config?.outputs ?? []) scope.make(step.output_mapping?.[output.name] ?? output.name)
    if (config === undefined) {
      for (const output of Object.values(step.output_mapping ?? {})) scope.make(output)
      scope.makeAnything()
    }
  }
}

/** With `detect` and `all` a put takes what is there, and misses nothing. */
function needsOfPut(step: PutStep, path: string): readonly Need[] {
  if (typeof step.inputs !== 'object') return []
  return step.inputs.map((artifact, index) => ({
    artifact,
    use: 'an input',
    path: `${path}.inputs[${index}]`
  }))
}

function needsOfTask(step: TaskStep, config: TaskConfig | undefined, path: string): readonly Need[] {
  const { file, image, input_mapping: mapping = {} } = step
  const needs: Need[] = []
  if (file?.includes('/') === true) {
    needs.push({
      artifact: file.slice(0, file.indexOf('/')),
      use: 'the holder of the task file',
      path: `${path}.file`
    })
  }
  if (image !== undefined) needs.push({ artifact: image, use: 'the image', path: `${path}.image` })
  const inputs = config?.inputs ?? Object.keys(mapping).map(name => ({ name, optional: false }))
  for (const { name, optional } of inputs) {
    if (optional === true) continue
    const artifact = mapping[name]
    if (artifact === undefined) needs.push({ artifact: name, use: `the input ${name}`, path })
    else needs.push({ artifact, use: `the input ${name}`, path: `${path}.input_mapping.${name}` })
  }
  // What a var will say is not known here.
  return needs.filter(need => !need.artifact.includes('(('))
}
