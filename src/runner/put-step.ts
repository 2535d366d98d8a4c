import { join } from 'node:path'
import type { PutStep, ResourceVersion } from '../concourse/model.ts'
import { succeeded, type Ending } from './ending.ts'
import type { Frame } from './execute.ts'
import { fetch, requiredResource, requiredType, versionText } from './get-step.ts'
import { runLeaf, runResource } from './leaf.ts'
import { putInputs } from './put-inputs.ts'
import { withResource } from './resource-context.ts'
import { resourceName } from './resources.ts'
import type { Fetched, PutRequest, ResourceType } from './resources/resource-type.ts'
import type { RunContext } from './run-context.ts'

/**
 * Runs a put, and then the get of what it made, which registers the artifact; the step's time-out holds for each of the two
 * (concourse v8.3, atc/builds/planner.go).
 */
export function runPut(run: RunContext, step: PutStep, path: string, frame: Frame): Promise<Ending> {
  const title = { path, stepKind: 'put', name: step.name }
  return run.journal.step(title, frame, async journal => {
    let made: ResourceVersion | undefined
    const ending = await runLeaf(path, frame.scope, step.timeout, async scope => {
      const request = await requestOf(run, step)
      const make = (): Promise<Fetched> =>
        withResource(run, scope, journal, context => putOf(run, step)(request, context))
      return runResource(path, scope, make, async ({ version }) => {
        made = version
        journal.line(`version: ${versionText(version)}`)
        return succeeded
      }).finally(() => run.volumes.discard(request.folder))
    })
    if (made === undefined || step.no_get === true) return ending
    const got = await runImplicitGet(run, step, path, { scope: frame.scope, parent: journal.id }, made)
    if (got.kind !== 'succeeded') journal.line('the version was made all the same; only its get was not done')
    return got
  })
}

function putOf(run: RunContext, step: PutStep): NonNullable<ResourceType['put']> {
  const { put } = requiredType(requiredResource(run, resourceName(step)))
  if (put === undefined) throw new Error(`${step.name}: a put that this machine can't do was prepared`)
  return put
}

/** The put's params, and copies of its inputs in a folder of its own. */
async function requestOf(run: RunContext, step: PutStep): Promise<PutRequest> {
  const { source } = requiredResource(run, resourceName(step))
  const params = run.variables.fillMap(step.params ?? {}, 'params')
  const inputs = putInputs(step, run.artifacts)
  const folder = await run.volumes.make()
  for (const name of inputs) {
    const artifact = run.artifacts.find(name)
    if (artifact !== undefined) await run.volumes.copy(artifact.folder, join(folder, name))
  }
  return { source, params, folder }
}

function runImplicitGet(
  run: RunContext,
  step: PutStep,
  path: string,
  frame: Frame,
  version: ResourceVersion
): Promise<Ending> {
  const title = { path: `${path}.get`, stepKind: 'get', name: step.name }
  const wanted = {
    resource: requiredResource(run, resourceName(step)),
    version,
    params: step.get_params ?? {}
  }
  return run.journal.step(title, frame, journal =>
    runLeaf(title.path, frame.scope, step.timeout, scope => fetch(run, title, journal, scope, wanted))
  )
}
