import { json, Router, type Handler } from '../../http/router.ts'
import type { Cluster } from './cluster.ts'
import { kinds } from './kinds.ts'
import { objectRoutes } from './object-routes.ts'
import { podRoutes } from './pod-routes.ts'
import { KubeRefused } from './status.ts'
import { kubernetesVersion } from './version.ts'

export type ApiRoute = readonly [method: string, path: string, handler: Handler]

/** The part of Kubernetes' API that a playground needs, for whoever has the administrator's token. */
export function kubernetesRouter(cluster: Cluster, token: () => string): Router {
  const guarded =
    (handler: Handler): Handler =>
    async request => {
      try {
        if (request.header('authorization') !== `Bearer ${token()}`) {
          throw new KubeRefused(401, 'Unauthorized', 'Unauthorized')
        }
        cluster.reconcile()
        return await handler(request)
      } catch (thrown) {
        if (thrown instanceof KubeRefused) return thrown.response
        throw thrown
      }
    }
  const router = new Router()
    .on('GET', '/healthz', () => ({ status: 200, body: 'ok' }))
    .on('GET', '/version', () => json({ major: '1', minor: '17', gitVersion: kubernetesVersion }))
  const routes = [...kinds.flatMap(kind => objectRoutes(cluster, kind)), ...podRoutes(cluster)]
  for (const [method, path, handler] of routes) router.on(method, path, guarded(handler))
  return router
}
