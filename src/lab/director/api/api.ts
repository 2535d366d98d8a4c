import { json, Router, text, type Handler, type Response } from '../../http/router.ts'
import type { Tokens } from '../../uaa/tokens.ts'
import type { DirectorContext } from '../context.ts'
import { DirectorError, payloadOf } from '../director-error.ts'
import * as artifacts from './artifacts-api.ts'
import * as configs from './configs-api.ts'
import * as deployments from './deployments-api.ts'
import * as errands from './errands-api.ts'
import * as instances from './instances-api.ts'
import * as leftovers from './leftovers-api.ts'
import type { Controller } from './request.ts'
import * as tasks from './tasks-api.ts'

/** What the lab's Director says that it is. */
const version = '283.1.6 (00000000)'

export interface ApiOptions {
  readonly context: DirectorContext
  readonly tokens: Tokens
  readonly uaaUrl: string
  readonly credhubUrl: string
}

/** The Director's API (bosh.io/docs/director-api-v1 and bosh v283, api/controllers) as far as the CLI's commands of a repave use it. */
export function directorRouter(options: ApiOptions): Router {
  const { context, tokens } = options
  const router = new Router().on('GET', '/info', info(options))
  const on = (method: string, pattern: string, controller: Controller): void => {
    router.on(method, pattern, request => {
      const claims = tokens.readHeader(request.header('authorization'))
      if (claims === undefined) return unauthorized(request.path)
      if (!claims.scope.includes('bosh.admin')) return forbidden()
      return controller({ ...request, claims })
    })
  }

  on('GET', '/deployments', deployments.listDeployments(context))
  on('POST', '/deployments', deployments.postDeployment(context))
  on('GET', '/deployments/:deployment', deployments.getDeployment(context))
  on('DELETE', '/deployments/:deployment', deployments.removeDeployment(context))
  on('POST', '/deployments/:deployment/diff', deployments.diffDeployment(context))
  on('GET', '/deployments/:deployment/vms', instances.getInstances(context, true))
  on('GET', '/deployments/:deployment/instances', instances.getInstances(context, false))
  on('GET', '/deployments/:deployment/variables', deployments.listVariables(context))
  on('GET', '/deployments/:deployment/errands', errands.listErrands(context))
  on('POST', '/deployments/:deployment/errands/:errand/runs', errands.postErrand(context))
  on('GET', '/deployments/:deployment/jobs/:group/:instance/logs', instances.getLogs(context))
  on('PUT', '/deployments/:deployment/jobs/:group', instances.changeState(context))
  on('PUT', '/deployments/:deployment/jobs/:group/:instance', instances.changeState(context))
  on(
    'PUT',
    '/deployments/:deployment/instance_groups/:group/:instance/ignore',
    instances.ignoreInstance(context)
  )
  on('GET', '/deployment_configs', deployments.deploymentConfigs(context))
  on('GET', '/resources/:id', instances.getResource(context))

  on('GET', '/stemcells', artifacts.listStemcells(context))
  on('POST', '/stemcells', artifacts.postStemcell(context))
  on('POST', '/stemcell_uploads', artifacts.stemcellNeeded(context))
  on('DELETE', '/stemcells/:name/:version', artifacts.deleteStemcell(context))
  on('GET', '/releases', artifacts.listReleases(context))
  on('POST', '/releases', artifacts.postRelease(context))
  on('GET', '/releases/:name', artifacts.getRelease(context))
  on('DELETE', '/releases/:name', artifacts.deleteRelease(context))
  on('POST', '/packages/matches', artifacts.matchPackages(context, false))
  on('POST', '/packages/matches_compiled', artifacts.matchPackages(context, true))

  on('GET', '/configs', configs.listConfigs(context))
  on('POST', '/configs', configs.updateConfig(context))
  on('DELETE', '/configs', configs.deleteConfig(context))
  on('POST', '/configs/diff', configs.diffConfig(context))
  on('GET', '/configs/:id', configs.getConfig(context))
  on('DELETE', '/configs/:id', configs.deleteConfigById(context))
  for (const type of ['cloud', 'runtime', 'cpi']) {
    on('GET', `/${type}_configs`, configs.listTypedConfigs(context, type))
    on('POST', `/${type}_configs`, configs.updateTypedConfig(context, type))
    on('POST', `/${type}_configs/diff`, configs.diffTypedConfig(context, type))
  }

  on('GET', '/tasks', tasks.listTasks(context))
  on('POST', '/tasks/cancel', tasks.cancelTasks(context))
  on('GET', '/tasks/:id', tasks.getTask(context))
  on('GET', '/tasks/:id/output', tasks.getOutput(context))
  on('DELETE', '/task/:id', tasks.cancelTask(context))
  on('GET', '/locks', () => json(context.locks.list()))

  on('GET', '/disks', leftovers.listOrphanDisks(context))
  on('DELETE', '/disks/:cid', leftovers.removeOrphanDisk(context))
  on('POST', '/cleanup', leftovers.postCleanUp(context))
  on('GET', '/cleanup/dryrun', leftovers.dryCleanUp(context))
  // The lab deletes a VM before it makes the next one, so no VM and no network is ever orphaned.
  on('GET', '/orphaned_vms', () => json([]))
  on('GET', '/networks', () => json([]))
  return router
}

function info({ context, tokens, uaaUrl, credhubUrl }: ApiOptions): Handler {
  return request => {
    const claims = tokens.readHeader(request.header('authorization'))
    return json({
      name: context.name,
      uuid: context.saved.data.uuid,
      version,
      user: claims?.user_name ?? claims?.client_id ?? null,
      cpi: 'lab_cpi',
      stemcell_os: 'ubuntu-jammy',
      stemcell_version: '1.0',
      user_authentication: { type: 'uaa', options: { url: uaaUrl, urls: [uaaUrl] } },
      features: {
        local_dns: { status: true, extras: { domain_name: 'bosh' } },
        snapshots: { status: false },
        config_server: { status: true, extras: { urls: [credhubUrl] } }
      }
    })
  }
}

export const endpointNotFound: Handler = ({ path }) => text(`Endpoint '${path}' not found.`, 404)

/** How the Director answers what it refuses. */
export function directorFailure(thrown: unknown): Response {
  if (thrown instanceof DirectorError) {
    return { status: thrown.status, headers: { 'Content-Type': 'application/json' }, body: payloadOf(thrown) }
  }
  return { status: 500 }
}

function unauthorized(path: string): Response {
  const headers = { 'WWW-Authenticate': 'Basic realm="BOSH Director"' }
  return { status: 401, headers, body: `Not authorized: '${path}'\n` }
}

function forbidden(): Response {
  return json({ code: 600000, description: 'Require one of the scopes: bosh.admin' }, 401)
}
