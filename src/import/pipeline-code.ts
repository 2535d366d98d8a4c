import type { Group, Job, Pipeline, Resource, ResourceType } from '../concourse/model.ts'
import { stepsOf } from '../concourse/step-tree.ts'
import { call, list, name, object, optional, text, type CallCode, type Code } from './code.ts'
import { plainCode } from './data-code.ts'
import { prototypeCode, varSourceCode } from './resource-code.ts'
import { jobCode, resourceCode, type Scope } from './scope.ts'

/** The constants of what has one for each, in the order of the pipeline. */
export interface Constants {
  readonly resources: readonly string[]
  readonly types: readonly string[]
  readonly jobs: readonly string[]
}

/** The call that makes the pipeline of its parts. */
export function pipelineCode(
  title: string,
  pipeline: Pipeline,
  constants: Constants,
  scope: Scope
): CallCode {
  const { resource_types: types } = pipeline
  const needsTypes = types !== undefined && !isSame(types, typesGathered(pipeline))
  const needsResources = !isSame(pipeline.resources, resourcesGathered(pipeline))
  return call(
    'pipeline',
    text(title),
    object({
      resourceTypes: needsTypes || types?.length === 0 ? list(constants.types, name) : undefined,
      prototypes: optional(pipeline.prototypes, all => list(all, one => prototypeCode(one, scope))),
      varSources: optional(pipeline.var_sources, all => list(all, one => varSourceCode(one, scope))),
      resources: needsResources ? list(constants.resources, name) : undefined,
      jobs: list(constants.jobs, name),
      groups: optional(pipeline.groups, all => list(all, group => groupCode(group, scope))),
      display: optional(pipeline.display, ({ background_image: image, background_filter: filter }) =>
        object({ backgroundImage: optional(image, text), backgroundFilter: optional(filter, text) })
      ),
      userData: optional(pipeline.user_data, plainCode)
    })
  )
}

const groupGlob = /[*?[\\{]/

function groupCode(group: Group, scope: Scope): Code {
  return object({
    name: text(group.name),
    jobs: optional(group.jobs, jobs => list(jobs, job => jobCode(scope, job, groupGlob))),
    resources: optional(group.resources, resources =>
      list(resources, resource => resourceCode(scope, resource))
    )
  })
}

/** What `pipeline` gathers by itself: resources in the order of their first use. */
function resourcesGathered(pipeline: Pipeline): readonly Resource[] {
  const byName = firstByName(pipeline.resources)
  const used = new Set<Resource>()
  for (const { step } of stepsOf(pipeline)) {
    if (step.kind !== 'get' && step.kind !== 'put') continue
    const resource = byName.get(step.resource ?? step.name)
    if (resource !== undefined) used.add(resource)
  }
  return [...used]
}

/** The types of resources in the order of the resources. */
function typesGathered({ resources, resource_types: types = [] }: Pipeline): readonly ResourceType[] {
  // The constant of a type takes another's only where that stands above it.
  if (types.some(type => types.some(({ name: other }) => other === type.type))) return []
  const byName = firstByName(types)
  return [...new Set(resources.flatMap(({ type }) => byName.get(type) ?? []))]
}

export function firstByName<T extends { readonly name: string }>(
  items: readonly T[]
): ReadonlyMap<string, T> {
  return new Map(items.toReversed().map(item => [item.name, item]))
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/** The jobs that a job's `passed` names, as far as they are names. */
export function jobsBefore(job: Job, byName: ReadonlyMap<string, Job>): readonly Job[] {
  return stepsOf({ resources: [], jobs: [job] }).flatMap(({ step }) =>
    step.kind === 'get' ? (step.passed ?? []).flatMap(passed => byName.get(passed) ?? []) : []
  )
}
