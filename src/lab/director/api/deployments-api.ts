import { textAt } from '../../../manifest/value.ts'
import { messageOf } from '../../../core/errors.ts'
import { json } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { diff, redact } from '../diff.ts'
import { DirectorError } from '../director-error.ts'
import { findDeployment } from '../find-deployment.ts'
import { deleteDeployment } from '../jobs/delete-deployment.ts'
import { findOrAdd, updateDeployment } from '../jobs/update-deployment.ts'
import type { DeploymentRecord } from '../model.ts'
import { latestConfigs } from './configs-api.ts'
import { manifestBody, parseManifest, startTask, type Controller } from './request.ts'

export function listDeployments(context: DirectorContext): Controller {
  return ({ query }) => {
    const deployments = [...context.saved.data.deployments].sort((left, right) =>
      left.name < right.name ? -1 : 1
    )
    return json(
      deployments.map(deployment => ({
        name: deployment.name,
        teams: [],
        ...(query.get('exclude_configs') === 'true'
          ? {}
          : { cloud_config: cloudConfigState(context, deployment) }),
        stemcells: deployment.stemcells,
        releases: [...deployment.releases].sort((left, right) => (left.name < right.name ? -1 : 1)),
        locked: context.locks.isHeld(`lock:deployment:${deployment.name}`)
      }))
    )
  }
}

function cloudConfigState(context: DirectorContext, { cloudConfigs }: DeploymentRecord): string {
  if (cloudConfigs.length === 0) return 'none'
  const latest = latestConfigs(context, 'cloud').map(({ id }) => id)
  return JSON.stringify(latest) === JSON.stringify(cloudConfigs) ? 'latest' : 'outdated'
}

export function getDeployment({ saved }: DirectorContext): Controller {
  return ({ params }) => {
    const { manifest } = findDeployment(saved.data, params['deployment'] ?? '')
    return json({ manifest: manifest === '' ? null : manifest })
  }
}

export function postDeployment(context: DirectorContext): Controller {
  return async request => {
    const { query } = request
    const { text: manifestText, manifest } = await manifestBody(request)
    const name = textAt(manifest, 'name')
    if (name === undefined) throw new DirectorError(40001, "Deployment manifest must have a 'name' key")
    findOrAdd(context, name)
    const isAsked = (key: string): boolean => query.get(key) === 'true'
    const recreate = isAsked('recreate')
    const work = updateDeployment(context, {
      manifestText,
      manifest,
      ...configIds(context, query.get('context')),
      isDryRun: isAsked('dry_run'),
      fix: isAsked('fix'),
      recreate: () => recreate,
      ...numbersIn(query)
    })
    return startTask(
      context,
      request,
      { type: 'update_deployment', description: 'create deployment', deployment: name },
      work
    )
  }
}

/** The configs that the CLI has shown the difference for, or the latest ones. */
function configIds(
  context: DirectorContext,
  given: string | null
): { cloudConfigs: readonly number[]; runtimeConfigs: readonly number[] } {
  if (given !== null) {
    const read = JSON.parse(given) as { cloud_config_ids?: number[]; runtime_config_ids?: number[] }
    return { cloudConfigs: read.cloud_config_ids ?? [], runtimeConfigs: read.runtime_config_ids ?? [] }
  }
  const ids = (type: string): readonly number[] => latestConfigs(context, type).map(({ id }) => id)
  return { cloudConfigs: ids('cloud'), runtimeConfigs: ids('runtime') }
}

/** How many instances at a time, where the request says it. */
export function numbersIn(query: URLSearchParams): { canaries?: string; maxInFlight?: string } {
  const [canaries, maxInFlight] = [query.get('canaries'), query.get('max_in_flight')]
  return { ...(canaries !== null && { canaries }), ...(maxInFlight !== null && { maxInFlight }) }
}

export function diffDeployment(context: DirectorContext): Controller {
  return async request => {
    const { manifest } = await manifestBody(request)
    const name = request.params['deployment'] ?? ''
    const found = context.saved.data.deployments.find(deployment => deployment.name === name)
    const before = found === undefined || found.manifest === '' ? {} : parseManifest(found.manifest)
    const isRedacted = request.query.get('redact') !== 'false'
    const [from, to] = isRedacted ? [redact(before), redact(manifest)] : [before, manifest]
    const { cloudConfigs, runtimeConfigs } = configIds(context, null)
    try {
      const ids = { cloud_config_ids: cloudConfigs, runtime_config_ids: runtimeConfigs }
      return json({ context: ids, diff: diff(from, to) })
    } catch (thrown) {
      return json({ diff: [], error: `Unable to diff manifest: ${messageOf(thrown)}` })
    }
  }
}

export function removeDeployment(context: DirectorContext): Controller {
  return request => {
    const { name } = findDeployment(context.saved.data, request.params['deployment'] ?? '')
    const task = { type: 'delete_deployment', description: `delete deployment ${name}`, deployment: name }
    return startTask(
      context,
      request,
      task,
      deleteDeployment(context, name, request.query.get('force') === 'true')
    )
  }
}

export function listVariables({ saved }: DirectorContext): Controller {
  return ({ params }) => json(findDeployment(saved.data, params['deployment'] ?? '').variables)
}

/** Which configs each deployment was made with. */
export function deploymentConfigs({ saved }: DirectorContext): Controller {
  return ({ query }) => {
    const name = query.get('deployment[]') ?? ''
    const found = saved.data.deployments.filter(deployment => deployment.name === name)
    const rows = found.flatMap(({ cloudConfigs, runtimeConfigs }) => [...cloudConfigs, ...runtimeConfigs])
    return json(
      rows.flatMap(id => {
        const config = saved.data.configs.find(each => each.id === id)
        return config === undefined
          ? []
          : [{ id, deployment: name, config: { id, type: config.type, name: config.name } }]
      })
    )
  }
}
