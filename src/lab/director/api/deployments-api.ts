import { at, listAt, textAt } from '../../../manifest/value.ts'
import { messageOf } from '../../../core/errors.ts'
import { json, text, type Response } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { diff, redact } from '../diff.ts'
import { DirectorError } from '../director-error.ts'
import { findDeployment, findInstance } from '../find-deployment.ts'
import { deleteDeployment } from '../jobs/delete-deployment.ts'
import { fetchLogs } from '../jobs/fetch-logs.ts'
import { listInstances } from '../jobs/instances.ts'
import { errandNames, runErrand } from '../jobs/run-errand.ts'
import { findOrAdd, updateDeployment } from '../jobs/update-deployment.ts'
import type { DeploymentRecord } from '../model.ts'
import { latestConfigs } from './configs-api.ts'
import { jsonBody, manifestBody, parseManifest, startTask, type Controller } from './request.ts'

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

function numbersIn(query: URLSearchParams): { canaries?: string; maxInFlight?: string } {
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

export function getInstances(context: DirectorContext, withVmOnly: boolean): Controller {
  return request => {
    const deployment = findDeployment(context.saved.data, request.params['deployment'] ?? '')
    const { name } = deployment
    if (request.query.get('format') !== 'full') return json(plainInstances(deployment, withVmOnly))
    const task = {
      type: withVmOnly ? 'vms' : 'instances',
      description: 'retrieve vm-stats',
      deployment: name
    }
    return startTask(context, request, task, listInstances(context, name, withVmOnly))
  }
}

function plainInstances({ instances }: DeploymentRecord, withVmOnly: boolean): readonly object[] {
  return instances
    .filter(({ vm }) => !withVmOnly || vm !== undefined)
    .map(({ vm, id, group, index, az, lifecycle, state }) => ({
      agent_id: vm?.agentId ?? null,
      cid: vm?.cid ?? null,
      job: group,
      index,
      id,
      az: az === '' ? null : az,
      ips: Object.values(vm?.ips ?? {}),
      vm_created_at: vm?.createdAt ?? null,
      expects_vm: lifecycle === 'service' && state !== 'detached'
    }))
}

export function listVariables({ saved }: DirectorContext): Controller {
  return ({ params }) => json(findDeployment(saved.data, params['deployment'] ?? '').variables)
}

export function listErrands(context: DirectorContext): Controller {
  return ({ params }) => {
    const names = errandNames(context, findDeployment(context.saved.data, params['deployment'] ?? ''))
    return json(names.map(name => ({ name })))
  }
}

export function postErrand(context: DirectorContext): Controller {
  return async request => {
    const { deployment = '', errand = '' } = request.params
    findDeployment(context.saved.data, deployment)
    const body = await jsonBody(request)
    const keepAlive = at(body, 'keep-alive') === true
    const work = runErrand(context, { deployment, errand, keepAlive, instances: listAt(body, 'instances') })
    const description = `run errand ${errand} from deployment ${deployment}`
    return startTask(context, request, { type: 'run_errand', description, deployment }, work)
  }
}

export function getLogs(context: DirectorContext): Controller {
  return request => {
    const { deployment = '', group = '', instance = '' } = request.params
    findDeployment(context.saved.data, deployment)
    const task = { type: 'fetch_logs', description: 'fetch logs', deployment }
    return startTask(context, request, task, fetchLogs(context, deployment, group, instance))
  }
}

/** `PUT …/jobs/<group>[/<index or id>]?state=started|stopped|detached|restart|recreate`: a deploy of what is deployed. */
export function changeState(context: DirectorContext): Controller {
  return request => {
    const { deployment: name = '', group = '*', instance: indexOrId } = request.params
    const deployment = findDeployment(context.saved.data, name)
    const state = request.query.get('state') ?? ''
    const chosen = new Set(
      indexOrId === undefined
        ? deployment.instances.filter(each => group === '*' || each.group === group)
        : [findInstance(deployment, group, indexOrId)]
    )
    if (chosen.size === 0) {
      throw new DirectorError(70001, `Instance group '${group}' doesn't exist in deployment '${name}'`, 404)
    }
    const before = new Map([...chosen].map(each => [each, each.state]))
    for (const each of chosen) {
      if (state === 'stopped' || state === 'detached') each.state = state
      else if (state === 'started' || state === 'restart' || state === 'recreate') each.state = 'started'
    }
    const work = updateDeployment(context, {
      manifestText: deployment.manifest,
      manifest: parseManifest(deployment.manifest),
      cloudConfigs: deployment.cloudConfigs,
      runtimeConfigs: deployment.runtimeConfigs,
      fix: request.query.get('fix') === 'true',
      recreate: each => state === 'recreate' && chosen.has(each),
      restart: each => chosen.has(each) && (state === 'restart' || before.get(each) !== each.state),
      ...numbersIn(request.query)
    })
    const task = { type: 'update_deployment', description: 'create deployment', deployment: name }
    return startTask(context, request, task, work)
  }
}

export function ignoreInstance({ saved }: DirectorContext): Controller {
  return async request => {
    const { deployment = '', group = '', instance = '' } = request.params
    const found = findInstance(findDeployment(saved.data, deployment), group, instance)
    found.ignore = at(await jsonBody(request), 'ignore') === true
    saved.touch()
    return { status: 200 }
  }
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

export function getResource({ blobs }: DirectorContext): Controller {
  return ({ params }): Response => {
    const id = params['id'] ?? ''
    const body = blobs.read(id)
    if (body === undefined) return text(`Resource '${id}' not found in the blobstore`, 404)
    return { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body }
  }
}
