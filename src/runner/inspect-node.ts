import type { GetStep, Pipeline, PutStep, TaskStep } from '../concourse/model.ts'
import { Duration } from '../core/duration.ts'
import { nearestName } from '../core/nearest.ts'
import { inspectStep, type Findings } from './faults.ts'
import { inspectTask } from './inspect-task.ts'
import type { PlanNode } from './plan.ts'
import { resourceName, type UsedResource } from './resources.ts'
import { namesWithin, parseReference } from '../concourse/references.ts'
import type { Variables } from './variables.ts'

/** What a step is looked at with. */
export interface Inspection {
  readonly resources: ReadonlyMap<string, UsedResource>
  readonly locals: ReadonlySet<string>
  readonly images: ReadonlySet<string>
  readonly variables: Variables
  readonly findings: Findings
  readonly pipeline: Pipeline
}

/** What can't be done with one step, and what is done otherwise; the steps in it are looked at alone. */
export function inspectNode({ step, path }: PlanNode, inspection: Inspection): void {
  const { findings } = inspection
  switch (step.kind) {
    case 'get':
    case 'put':
      inspectResourceStep(step, path, inspection)
      inspectLeaf(step, path, findings)
      break
    case 'task':
      inspectTask(step, path, inspection.images, findings)
      inspectVarsOfTask(step, path, inspection)
      inspectLeaf(step, path, findings)
      break
    case 'timeout':
      inspectDuration(step.timeout, path, findings)
      break
    case 'attempts':
      if (step.attempts < 1)
        findings.error('attempts', path, `found ${step.attempts} attempts, expected at least 1`)
      break
    case 'set_pipeline':
    case 'load_var':
    case 'run':
    case 'across':
      findings.error('not-here', path, `found ${step.kind}, which only Concourse runs`)
      break
    case 'do':
    case 'in_parallel':
    case 'try':
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure':
      break
    default:
      step satisfies never
  }
}

function inspectLeaf(
  { timeout, tags }: GetStep | PutStep | TaskStep,
  path: string,
  findings: Findings
): void {
  if (timeout !== undefined) inspectDuration(timeout, path, findings)
  if (tags !== undefined && tags.length > 0) {
    findings.notice('tags', path, 'runs on this machine, whatever its tags')
  }
}

function inspectDuration(timeout: string, path: string, findings: Findings): void {
  if (Duration.isReadable(timeout)) return
  findings.error('bad-duration', `${path}.timeout`, `found ${timeout}, expected a duration, e.g. 1h30m`)
}

/** The image is not fetched, so nothing has to be known to fetch it. */
function inspectVarsOfTask(step: TaskStep, path: string, inspection: Inspection): void {
  const config = { ...step.config, image_resource: undefined }
  inspectVars(path, [config, step.params, step.vars], inspection)
}

function inspectResourceStep(step: GetStep | PutStep, path: string, inspection: Inspection): void {
  const { resources, findings, pipeline } = inspection
  const name = resourceName(step)
  const resource = resources.get(name)
  if (resource === undefined) {
    const near = nearestName(
      name,
      pipeline.resources.map(one => one.name)
    )
    const hint = near === undefined ? undefined : `name the resource ${near}`
    findings.error('unknown-resource', path, `found no resource ${name} in the pipeline`, hint)
    return
  }
  inspectVars(path, [step.params, step.kind === 'put' ? step.get_params : undefined], inspection)
  if (step.kind === 'get') noticeVersion(step, path, findings)
  if (step.kind === 'get' && resource.override !== undefined) {
    findings.notice('override', path, `takes the folder ${resource.override} in the place of the resource`)
    return
  }
  if (resource.type === undefined) {
    const type = pipeline.resources.find(one => one.name === name)?.type ?? ''
    const hint = step.kind === 'get' ? `name a folder to take in the place of ${name}` : undefined
    findings.error(
      'unknown-resource-type',
      `resources.${name}.type`,
      `${type} is not run on this machine`,
      hint
    )
    return
  }
  inspectStep(resource.type, resource.source, step, path, findings)
}

function noticeVersion(step: GetStep, path: string, findings: Findings): void {
  if (step.version === 'every')
    findings.notice('every', path, 'takes the latest version; there is no history here')
  if (step.passed !== undefined && step.passed.length > 0) {
    findings.notice(
      'passed',
      path,
      `takes the latest version, whether or not it passed ${step.passed.join(', ')}`
    )
  }
}

/** Finds the vars that have no value. */
function inspectVars(
  path: string,
  values: readonly unknown[],
  { variables, locals, findings }: Inspection
): void {
  for (const name of values.flatMap(value => namesWithin(value))) {
    const reference = parseReference(name)
    const isKnown =
      reference.source === '.' ? locals.has(reference.path) : variables.resolve(reference) !== undefined
    if (!isKnown) findings.unresolved(path, name)
  }
}
