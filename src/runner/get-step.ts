import type { GetStep, JsonObject, ResourceVersion } from '../concourse/model.ts'
import { given } from '../core/given.ts'
import { succeeded, type Ending } from './ending.ts'
import type { Frame, StepTitle } from './execute.ts'
import type { StepJournal } from './journal.ts'
import { runLeaf, runResource } from './leaf.ts'
import { withResource } from './resource-context.ts'
import { resourceName, type UsedResource } from './resources.ts'
import type { ResourceType } from './resources/resource-type.ts'
import type { RunContext } from './run-context.ts'
import type { Scope } from './scope.ts'

/** Runs a get: fetches the version that was settled before the run, and registers it under the step's name. */
export function runGet(run: RunContext, step: GetStep, path: string, frame: Frame): Promise<Ending> {
  const resource = requiredResource(run, resourceName(step))
  const version = run.versions.get(path) ?? {}
  const title = { path, stepKind: 'get', name: step.name }
  return run.journal.step(title, frame, journal =>
    runLeaf(path, frame.scope, step.timeout, scope => {
      if (resource.override !== undefined) return takeFolder(run, journal, step.name, resource.override)
      return fetch(run, title, journal, scope, { resource, version, params: step.params ?? {} })
    })
  )
}

export function requiredResource(run: RunContext, name: string): UsedResource {
  const resource = run.resources.get(name)
  if (resource === undefined) throw new Error(`resource ${name} was not prepared`)
  return resource
}

export function requiredType(resource: UsedResource): ResourceType {
  if (resource.type === undefined) throw new Error(`the type of resource ${resource.name} was not prepared`)
  return resource.type
}

async function takeFolder(
  run: RunContext,
  journal: StepJournal,
  name: string,
  folder: string
): Promise<Ending> {
  const volume = run.volumes.place()
  await run.volumes.copy(folder, volume)
  run.artifacts.register(name, { folder: volume, image: false })
  journal.line(`took ${folder}`)
  journal.artifact(name)
  return succeeded
}

interface Wanted {
  readonly resource: UsedResource
  readonly version: ResourceVersion
  readonly params: JsonObject
}

/** Fetches a version into a new volume. What it finds out is known as `((.:name.key))` from then on. */
export async function fetch(
  run: RunContext,
  { path, name }: StepTitle,
  journal: StepJournal,
  scope: Scope,
  { resource, version, params }: Wanted
): Promise<Ending> {
  const type = requiredType(resource)
  const filled = run.variables.fillMap(params, 'params')
  const folder = await run.volumes.make()
  const request = { source: resource.source, version, params: filled, folder }
  return runResource(
    path,
    scope,
    () => withResource(run, scope, journal, context => type.get(request, context)),
    async fetched => {
      run.artifacts.register(name, { folder, image: type.image === true })
      run.variables.setLocal(name, Object.fromEntries(fetched.metadata.map(one => [one.name, one.value])))
      journal.line(`version: ${versionText(fetched.version)}`)
      journal.artifact(name)
      return succeeded
    }
  )
}

/** `ref: 1f2e3d, branch: main` */
export function versionText(version: ResourceVersion): string {
  return Object.entries(version)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')
}

/** The version that a get or its resource is pinned to, if it is. */
export function pinnedVersion(step: GetStep, resource: UsedResource): { readonly version?: ResourceVersion } {
  return given('version', typeof step.version === 'object' ? step.version : resource.pinned)
}
