import { at } from '../../../manifest/value.ts'
import { json, text, type Response } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { DirectorError } from '../director-error.ts'
import { findDeployment, findInstance } from '../find-deployment.ts'
import { fetchLogs } from '../jobs/fetch-logs.ts'
import { listInstances } from '../jobs/instances.ts'
import { updateDeployment } from '../jobs/update-deployment.ts'
import type { DeploymentRecord } from '../model.ts'
import { numbersIn } from './deployments-api.ts'
import { jsonBody, parseManifest, startTask, type Controller } from './request.ts'

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

export function getResource({ blobs }: DirectorContext): Controller {
  return ({ params }): Response => {
    const id = params['id'] ?? ''
    const body = blobs.read(id)
    if (body === undefined) return text(`Resource '${id}' not found in the blobstore`, 404)
    return { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body }
  }
}
