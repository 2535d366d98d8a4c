import type { ResourceVersion } from '../concourse/model.ts'
import { UserError } from '../core/errors.ts'
import { errored, succeeded, type Cause, type Ending } from './ending.ts'
import { pinnedVersion, requiredType, versionText } from './get-step.ts'
import { runLeaf } from './leaf.ts'
import { nodesOf, type JobPlan } from './plan.ts'
import { withResource } from './resource-context.ts'
import { resourceName, type UsedResource } from './resources.ts'
import type { RunContext } from './run-context.ts'
import type { Scope } from './scope.ts'

/**
 * Settles what each get of a job will fetch, hooks included, before the first step: all gets of a resource have one version
 * however long the run takes (concourse v8.3, atc/builds/planner.go). Each resource that is asked is a step of its own. Gives
 * the first failure, if there is one.
 */
export async function settleVersions(
  run: RunContext,
  plan: JobPlan,
  scope: Scope,
  versions: Map<string, ResourceVersion>
): Promise<Ending> {
  const asked = new Map<string, Promise<Ending>>()
  const latest = new Map<string, ResourceVersion>()
  const gets: { readonly path: string; readonly resource: string }[] = []
  for (const { step, path } of nodesOf(plan)) {
    if (step.kind !== 'get') continue
    const resource = run.resources.get(resourceName(step))
    if (resource === undefined || resource.override !== undefined) continue
    const { version } = pinnedVersion(step, resource)
    if (version !== undefined) {
      versions.set(path, version)
      continue
    }
    gets.push({ path, resource: resource.name })
    if (!asked.has(resource.name)) asked.set(resource.name, ask(run, resource, scope, latest))
  }
  const endings = await Promise.all(asked.values())
  for (const { path, resource } of gets) {
    const version = latest.get(resource)
    if (version !== undefined) versions.set(path, version)
  }
  return endings.find(ending => ending.kind !== 'succeeded') ?? succeeded
}

function ask(
  run: RunContext,
  resource: UsedResource,
  scope: Scope,
  latest: Map<string, ResourceVersion>
): Promise<Ending> {
  const path = `resources.${resource.name}`
  const title = { path, stepKind: 'check', name: resource.name }
  return run.journal.step(title, { scope }, journal =>
    runLeaf(path, scope, undefined, async own => {
      const type = requiredType(resource)
      const version = await withResource(run, own, journal, context => type.check(resource.source, context))
      if (version === undefined) return errored(noVersion(path))
      latest.set(resource.name, version)
      journal.line(`version: ${versionText(version)}`)
      return succeeded
    })
  )
}

function noVersion(path: string): Cause {
  const {
    message,
    exitCode,
    hint = ''
  } = new UserError('program', 'found no version', {
    hint: 'make a version that the filters of its source let through'
  })
  return { path, message, exitCode, hint }
}
