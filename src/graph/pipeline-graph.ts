import { globMatcher, isGlob } from '../concourse/glob.ts'
import type { GetStep, Job, Pipeline } from '../concourse/model.ts'
import { treeOf } from '../concourse/step-tree.ts'
import { UserError } from '../core/errors.ts'
import { groupsOf, type GraphGroup } from './groups.ts'

/** A pipeline as what depends on what: plain data, in the order of the pipeline. */
export interface PipelineGraph {
  readonly groups: readonly GraphGroup[]
  readonly resources: readonly GraphResource[]
  readonly jobs: readonly GraphJob[]
  readonly gets: readonly GetEdge[]
  readonly puts: readonly PutEdge[]
  readonly passes: readonly PassedEdge[]
}

export interface GraphResource {
  readonly name: string
  /** Absent where the pipeline uses a resource that it does not have. */
  readonly type?: string
}

export interface GraphJob {
  readonly name: string
  /** `outside` the group that is shown; `unknown`: a `passed` names it, and the pipeline has no such job. */
  readonly place: 'inside' | 'outside' | 'unknown'
}

/** A job gets a resource that no other job has to pass first. */
export interface GetEdge {
  readonly resource: string
  readonly job: string
  readonly trigger: boolean
}

export interface PutEdge {
  readonly job: string
  readonly resource: string
}

/** A job gets what another has passed: one edge for all resources between the two. */
export interface PassedEdge {
  readonly from: string
  readonly to: string
  readonly resources: readonly { readonly name: string; readonly trigger: boolean }[]
}

/** More than anyone can draw, and a pattern in each of some thousand jobs would make millions. */
const mostEdges = 100_000

/**
 * The graph of a pipeline. Steps count wherever they stand, hooks included; two gets of a resource in one job are one
 * edge, which triggers where either does. Throws a UserError where a pipeline has more edges than can be drawn.
 */
export function pipelineGraph(pipeline: Pipeline): PipelineGraph {
  const building = new Building(pipeline)
  for (const job of pipeline.jobs) building.add(job)
  return building.graph()
}

class Building {
  readonly #pipeline: Pipeline
  readonly #jobs = new Map<string, GraphJob>()
  readonly #resources = new Map<string, GraphResource>()
  readonly #gets = new Map<string, GetEdge>()
  readonly #puts = new Map<string, PutEdge>()
  readonly #passes = new Map<string, { from: string; to: string; triggers: Map<string, boolean> }>()
  readonly #jobsOfGlob = new Map<string, readonly string[]>()
  #edges = 0

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline
    for (const { name, type } of pipeline.resources) this.#resources.set(name, { name, type })
    for (const { name } of pipeline.jobs) this.#jobs.set(name, { name, place: 'inside' })
  }

  add(job: Job): void {
    for (const { step } of treeOf(job).steps) {
      if (step.kind !== 'get' && step.kind !== 'put') continue
      const resource = step.resource ?? step.name
      if (!this.#resources.has(resource)) this.#resources.set(resource, { name: resource })
      if (step.kind === 'put') this.#puts.set(keyOf(job.name, resource), { job: job.name, resource })
      else this.#addGet(job.name, resource, step)
    }
  }

  #addGet(job: string, resource: string, step: GetStep): void {
    const trigger = step.trigger === true
    if (step.passed === undefined || step.passed.length === 0) {
      const key = keyOf(resource, job)
      const before = this.#gets.get(key)?.trigger ?? false
      this.#gets.set(key, { resource, job, trigger: trigger || before })
      return
    }
    for (const from of step.passed.flatMap(name => this.#jobsNamed(name))) {
      const key = keyOf(from, job)
      const edge = this.#passes.get(key) ?? { from, to: job, triggers: new Map<string, boolean>() }
      edge.triggers.set(resource, trigger || (edge.triggers.get(resource) ?? false))
      this.#passes.set(key, edge)
      if (++this.#edges > mostEdges) throw tooMany()
    }
  }

  #jobsNamed(name: string): readonly string[] {
    if (!isGlob(name)) {
      this.#expect(name)
      return [name]
    }
    const known = this.#jobsOfGlob.get(name)
    if (known !== undefined) return known
    const matches = globMatcher(name)
    const matching = [...new Set(this.#pipeline.jobs.map(job => job.name).filter(matches))]
    // What matches nothing is shown as it stands: no version ever passes it.
    if (matching.length === 0) this.#expect(name)
    const jobs = matching.length === 0 ? [name] : matching
    this.#jobsOfGlob.set(name, jobs)
    return jobs
  }

  #expect(name: string): void {
    if (!this.#jobs.has(name)) this.#jobs.set(name, { name, place: 'unknown' })
  }

  graph(): PipelineGraph {
    return {
      groups: groupsOf(this.#pipeline),
      resources: [...this.#resources.values()],
      jobs: [...this.#jobs.values()],
      gets: [...this.#gets.values()],
      puts: [...this.#puts.values()],
      passes: [...this.#passes.values()].map(({ from, to, triggers }) => ({
        from,
        to,
        resources: [...triggers].map(([name, trigger]) => ({ name, trigger }))
      }))
    }
  }
}

/** No name can make two pairs look like one. */
function keyOf(a: string, b: string): string {
  return JSON.stringify([a, b])
}

function tooMany(): UserError {
  return new UserError(
    'usage',
    `passed: found more than ${mostEdges} pairs of jobs that pass something on, expected a graph that can be drawn`,
    { hint: 'narrow the patterns in passed' }
  )
}
