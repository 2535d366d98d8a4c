import { isMap } from '../concourse/json.ts'
import type { ImageResource, Job, Json, Pipeline, ResourceType } from '../concourse/model.ts'
import type { ReadText } from '../concourse/read.ts'
import { newestRelease } from '../concourse/release.ts'
import { taskConfig } from '../concourse/schema-task.ts'
import type { Shape } from '../concourse/shape.ts'
import { step } from '../concourse/shape-step.ts'
import { anchorsIn, type Anchor } from './anchors.ts'
import { authorFunctions, authorTypes } from './author-names.ts'
import type { Code } from './code.ts'
import { commentsOf } from './comments.ts'
import { dataCode, mapCode } from './data-code.ts'
import { withPool, type Definition } from './definition.ts'
import { fileText } from './file-text.ts'
import { Identifiers } from './identifiers.ts'
import { jobDefinition } from './job-code.ts'
import { liftFunctions } from './lift-functions.ts'
import { liftRepeated } from './lift.ts'
import { inOrderOfNeed } from './order.ts'
import { firstByName, jobsBefore, pipelineCode } from './pipeline-code.ts'
import { resourceDefinition, typeDefinition } from './resource-code.ts'
import { Sameness } from './sameness.ts'
import type { MergedMap, Scope } from './scope.ts'
import { stepCode } from './step-code.ts'
import { configCode, imageCode } from './task-code.ts'

export interface ImportOptions {
  /** What the pipeline is to be called. */
  readonly name: string
  /** The text that was read. */
  readonly yaml: string
}

/**
 * Writes the TypeScript file that defines a pipeline: what it emits is equal to what was read. Resources and jobs
 * become constants, steps that repeat are said once, and comments stay with the jobs, resources and steps below them.
 */
export function importPipeline(
  pipeline: Pipeline,
  read: Pick<ReadText<Pipeline>, 'comments' | 'positionOf' | 'positionAt'>,
  { name, yaml }: ImportOptions
): string {
  const identifiers = new Identifiers([...authorFunctions, ...authorTypes])
  const { header, above } = commentsOf(yaml, pipeline, read)
  const types = new Map(
    (pipeline.resource_types ?? []).map(type => [type, identifiers.take(type.name, 'type')])
  )
  const resources = new Map(pipeline.resources.map(one => [one, identifiers.take(one.name, 'resource')]))
  const jobs = new Map(pipeline.jobs.map(one => [one, identifiers.take(one.name, 'job')]))

  const pool = new Map<string, Definition>()
  const anchors = anchorsIn(yaml)
  const scope: Scope = {
    resources: constantsByName(resources),
    types: new Map(),
    jobs: new Map(),
    merged: [],
    comments: above
  }
  const merged = mergedMaps(anchors, scope, identifiers, pool)

  const typeDefinitions = typesOf(types, { ...scope, merged })
  const whole: Scope = { ...scope, merged, types: constantsByName(types) }
  const resourceDefinitions = [...resources].map(([resource, constant]) =>
    define(constant, resource, resourceDefinition(resource, whole), whole)
  )
  const jobDefinitions = jobsOf(jobs, whole)
  const all: Scope = { ...whole, jobs: constantsByName(jobs) }
  const exported = pipelineCode(
    name,
    pipeline,
    { resources: [...resources.values()], types: [...types.values()], jobs: [...jobs.values()] },
    all
  )

  const sameness = new Sameness()
  const lifted = liftRepeated([...typeDefinitions, ...resourceDefinitions, ...jobDefinitions], pool, {
    identifiers,
    sameness,
    anchors: hintsOf(anchors, { ...all, merged: merged.filter(({ isUsed }) => isUsed()) }, sameness)
  })
  const generalized = liftFunctions(lifted, pool, identifiers)
  const placed = withPool(generalized, pool)
  const isOf = (definitions: readonly Definition[]) => new Set(definitions.map(definition => definition.name))
  const sections = sectionsOf(placed, [isOf(typeDefinitions), isOf(resourceDefinitions)])
  return fileText(header, sections, exported)
}

/** Definitions by the section of the first that is in one; all others are the last. */
function sectionsOf(
  definitions: readonly Definition[],
  first: readonly ReadonlySet<string>[]
): readonly (readonly Definition[])[] {
  const ends = first.map(names => definitions.findLastIndex(({ name }) => names.has(name)) + 1)
  const [types = 0, resources = 0] = ends
  const start = Math.max(types, resources)
  return [definitions.slice(0, types), definitions.slice(types, start), definitions.slice(start)]
}

function define(constant: string, part: object, code: Code, { comments }: Scope): Definition {
  const above = comments.get(part)
  return { name: constant, code, ...(above !== undefined && { comments: above }) }
}

/** Of two with one name, the first is meant. */
function constantsByName(
  constants: ReadonlyMap<{ readonly name: string }, string>
): ReadonlyMap<string, string> {
  const entries = [...constants].map(([{ name }, constant]) => [name, constant] as const)
  return new Map(entries.toReversed())
}

/** Types, each below those of its image. */
function typesOf(types: ReadonlyMap<ResourceType, string>, scope: Scope): Definition[] {
  const byName = firstByName([...types.keys()])
  const above = new Map<string, string>()
  return inOrderOfNeed([...types.keys()], ({ type }) => {
    const needed = byName.get(type)
    return needed === undefined ? [] : [needed]
  }).map(type => {
    const constant = types.get(type) ?? ''
    const definition = define(constant, type, typeDefinition(type, { ...scope, types: above }), scope)
    if (byName.get(type.name) === type) above.set(type.name, constant)
    return definition
  })
}

/** Jobs, each below those that its versions must have passed. */
function jobsOf(jobs: ReadonlyMap<Job, string>, scope: Scope): Definition[] {
  const byName = firstByName([...jobs.keys()])
  const above = new Map<string, string>()
  return inOrderOfNeed([...jobs.keys()], job => jobsBefore(job, byName)).map(job => {
    const constant = jobs.get(job) ?? ''
    const definition = define(constant, job, jobDefinition(job, { ...scope, jobs: above }), scope)
    if (byName.get(job.name) === job) above.set(job.name, constant)
    return definition
  })
}

/** The maps that the YAML merges, the largest first; each gets its definition when it is first used. */
function mergedMaps(
  anchors: readonly Anchor[],
  scope: Scope,
  identifiers: Identifiers,
  pool: Map<string, Definition>
): readonly MergedMap[] {
  const maps = anchors.flatMap(({ name, value, isMerged }) =>
    isMerged && isMap(value) ? [{ name, value }] : []
  )
  return maps
    .sort((a, b) => Object.keys(b.value).length - Object.keys(a.value).length)
    .map(({ name, value }) => {
      let constant: string | undefined
      return {
        entries: new Map(Object.entries(value).map(([key, item]) => [key, JSON.stringify(item)])),
        isUsed: () => constant !== undefined,
        nameOf: () => {
          if (constant === undefined) {
            constant = identifiers.take(name, 'params')
            pool.set(constant, { name: constant, code: mapCode(value, scope, name), type: 'DataMap' })
          }
          return constant
        }
      }
    })
}

/** What the YAML calls pieces of code, be they steps, task configs, images or data. */
function hintsOf(anchors: readonly Anchor[], scope: Scope, sameness: Sameness): ReadonlyMap<number, string> {
  const hints = new Map<number, string>()
  for (const { name, value, node } of anchors) {
    const read = <T>(shape: Shape<T>): T | undefined => {
      const problems: unknown[] = []
      const report = (problem: unknown) => problems.push(problem)
      const reading = { target: newestRelease, report, place: () => undefined, lendsAnchors: () => false }
      const found = shape.read(node, '', reading)
      return problems.length === 0 ? found : undefined
    }
    const oneStep = read(step)
    const config = oneStep === undefined ? read(taskConfig) : undefined
    const codes = [
      ...(oneStep === undefined ? [] : [stepCode(oneStep, scope)]),
      ...(config === undefined ? [] : [configCode(config, name, scope)]),
      ...(isImage(value) ? [imageCode(value, scope)] : []),
      ...(isMap(value) ? [dataCode(value, { ...scope, merged: [] }, name), mapCode(value, scope, name)] : [])
    ]
    for (const code of codes) hints.set(sameness.numberOf(code), name)
  }
  return hints
}

function isImage(value: Json): value is Json & ImageResource {
  if (!isMap(value) || typeof value['type'] !== 'string') return false
  const { source } = value
  return (
    (source === undefined || isMap(source)) &&
    Object.keys(value).every(key => key === 'type' || key === 'source')
  )
}
