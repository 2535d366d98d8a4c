import { stat } from 'node:fs/promises'
import type { JsonObject, Pipeline, Resource } from '../concourse/model.ts'
import { given } from '../core/given.ts'
import { inspectSource, type Findings } from './faults.ts'
import { isMap } from '../concourse/json.ts'
import { declaresType, sourceOf, typeOf, type UsedResource } from './resources.ts'
import { interpolate } from '../concourse/interpolate.ts'
import type { Variables } from './variables.ts'

export interface StandIn {
  /** A folder that the gets take in the place of the resource. */
  readonly override: string | undefined
  /** Whether nothing but such gets uses the resource, so that neither its type nor its source matters. */
  readonly isStoodFor: boolean
}

/** A resource with the source that its steps will use. */
export function prepareResource(
  pipeline: Pipeline,
  resource: Resource,
  { override, isStoodFor }: StandIn,
  variables: Variables,
  findings: Findings
): UsedResource {
  const { name } = resource
  const path = `resources.${name}`
  const base = { name, ...given('pinned', resource.version), ...given('override', override) }
  const type = typeOf(resource)
  if (type === undefined || isStoodFor) return { ...base, type, source: {} }
  if (declaresType(pipeline, resource)) {
    const message = `this machine's own ${type.name} is used, not the image that the pipeline declares for it`
    findings.notice('own-type', path, message)
  }
  const missing = new Set<string>()
  const source = fillMap(sourceOf(pipeline, resource), variables, missing)
  for (const variable of missing) findings.unresolved(`${path}.source`, variable)
  if (missing.size === 0) inspectSource(type, source, path, findings)
  return { ...base, type, source }
}

function fillMap(values: JsonObject, variables: Variables, missing: Set<string>): JsonObject {
  const filled = interpolate(values, variables.resolve, missing)
  return isMap(filled) ? filled : {}
}

/** Finds folders that stand for no resource of the job, and such as are none. */
export async function inspectOverrides(
  overrides: Readonly<Record<string, string>>,
  resources: ReadonlyMap<string, UsedResource>,
  findings: Findings
): Promise<void> {
  for (const [name, folder] of Object.entries(overrides)) {
    const path = `resources.${name}`
    if (!resources.has(name)) {
      const message = `found a folder for a resource that the job does not use, expected one of ${[...resources.keys()].join(', ')}`
      findings.error('unknown-resource', path, message)
    }
    const isFolder = await stat(folder).then(
      found => found.isDirectory(),
      () => false
    )
    if (!isFolder) findings.error('no-folder', path, `found no folder ${folder} to take in its place`)
  }
}
