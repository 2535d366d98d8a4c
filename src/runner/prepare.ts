import type { Job, Pipeline, Resource } from '../concourse/model.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import { Findings } from './faults.ts'
import { inspectNode } from './inspect-node.ts'
import { nodesOf, planJob, type JobPlan, type PlanNode } from './plan.ts'
import { inspectOverrides, prepareResource } from './prepare-resource.ts'
import { resourceName, type UsedResource } from './resources.ts'
import type { Variables } from './variables.ts'

export interface Prepared {
  readonly plan: JobPlan
  /** By name: those that the job uses. */
  readonly resources: ReadonlyMap<string, UsedResource>
  /** What this machine does otherwise than Concourse. */
  readonly notices: readonly Finding[]
}

export interface ToPrepare {
  readonly pipeline: Pipeline
  readonly job: string
  /** Resource → folder. */
  readonly overrides: Readonly<Record<string, string>>
}

/**
 * Looks a job through before any of it runs. Throws one FindingsError with everything that this machine can't do: what it
 * does not know is never left out in silence.
 */
export async function prepare(
  { pipeline, job, overrides }: ToPrepare,
  variables: Variables
): Promise<Prepared> {
  const plan = planJob(findJob(pipeline, job))
  const nodes = [...nodesOf(plan)]
  const findings = new Findings()
  const resources = new Map<string, UsedResource>()
  for (const resource of pipeline.resources) {
    const steps = nodes.filter(node => uses(node, resource))
    if (steps.length === 0) continue
    const override = overrides[resource.name]
    const isStoodFor = override !== undefined && steps.every(({ step }) => step.kind === 'get')
    const used = prepareResource(pipeline, resource, { override, isStoodFor }, variables, findings)
    resources.set(resource.name, used)
  }
  await inspectOverrides(overrides, resources, findings)
  const locals = new Set(
    nodes.flatMap(({ step }) => (step.kind === 'get' || step.kind === 'put' ? [step.name] : []))
  )
  const images = new Set(nodes.flatMap(node => imageOf(node, resources)))
  for (const node of nodes) inspectNode(node, { resources, locals, images, variables, findings, pipeline })
  if (nodes.some(({ step }) => step.kind === 'task')) noticeImages(nodes, plan, findings)
  const found = findings.all()
  const errors = found.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new FindingsError(errors)
  return { plan, resources, notices: found }
}

function findJob(pipeline: Pipeline, name: string): Job {
  const job = pipeline.jobs.find(one => one.name === name)
  if (job !== undefined) return job
  const known = pipeline.jobs.map(one => one.name)
  const near = nearestName(name, known)
  const message = `found no job ${name}, expected one of ${known.join(', ')}`
  const hint = near === undefined ? undefined : `name the job ${near}`
  throw new FindingsError([
    { severity: 'error', code: 'unknown-job', path: 'jobs', message, ...given('hint', hint) }
  ])
}

function uses({ step }: PlanNode, resource: Resource): boolean {
  return (step.kind === 'get' || step.kind === 'put') && resourceName(step) === resource.name
}

function imageOf({ step }: PlanNode, resources: ReadonlyMap<string, UsedResource>): readonly string[] {
  if (step.kind !== 'get') return []
  const resource = resources.get(resourceName(step))
  return resource?.type?.image === true && resource.override === undefined ? [step.name] : []
}

function noticeImages(nodes: readonly PlanNode[], plan: JobPlan, findings: Findings): void {
  const named = nodes.flatMap(({ step }) =>
    step.kind === 'task'
      ? [step.image ?? (step.config?.image_resource === undefined ? undefined : 'image_resource')]
      : []
  )
  const images = [...new Set(named)].filter(name => name !== undefined)
  const which = images.length === 0 ? '' : `, not in the images ${images.join(', ')}`
  findings.notice('images', plan.path, `tasks run with the programs of this machine${which}`)
}
