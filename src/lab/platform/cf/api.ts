import { json, Router, type Handler } from '../../http/router.ts'
import type { Tokens } from '../../uaa/tokens.ts'
import { appRoutes } from './apps.ts'
import { CfRefused } from './errors.ts'
import { featureFlagRoutes } from './feature-flags.ts'
import type { CfData } from './model.ts'
import { organizationRoutes, spaceRoutes } from './organizations.ts'
import { networkingRoutes } from './policies.ts'
import { routeRoutes } from './routes.ts'
import type { CfRuntime } from './runtime.ts'
import { securityGroupRoutes } from './security-groups.ts'
import { stagingRoutes } from './staging.ts'

export interface CfApi {
  readonly data: CfData
  readonly runtime: CfRuntime
  readonly tokens: Tokens
  readonly systemDomain: string
  /** Keeps what was changed. */
  readonly touch: () => void
}

/** The part of the Cloud Controller's v3 API, and of the policy server's, that a playground needs (capi-release 1.95.0). */
export function cfRouter(api: CfApi): Router {
  const guarded =
    (handler: Handler): Handler =>
    async request => {
      if (api.tokens.readHeader(request.header('authorization')) === undefined) {
        return new CfRefused(401, 1000, 'CF-InvalidAuthToken', 'Invalid Auth Token').response
      }
      try {
        return await handler(request)
      } catch (thrown) {
        if (thrown instanceof CfRefused) return thrown.response
        throw thrown
      }
    }
  const router = new Router()
    .on('GET', '/', () => json(rootOf(api.systemDomain)))
    .on('GET', '/v3', () => json({ links: {} }))
  router.on('GET', '/v3/info', () =>
    json({ name: '', build: 'lab', version: 0, cli_version: { minimum: '', recommended: '' } })
  )
  const routes = [
    ...organizationRoutes(api),
    ...spaceRoutes(api),
    ...appRoutes(api),
    ...stagingRoutes(api),
    ...routeRoutes(api),
    ...featureFlagRoutes(api),
    ...securityGroupRoutes(api),
    ...networkingRoutes(api)
  ]
  for (const [method, path, handler] of routes) router.on(method, path, guarded(handler))
  return router
}

export type ApiRoute = readonly [method: string, path: string, handler: Handler]

function rootOf(domain: string): unknown {
  return {
    links: {
      self: { href: `https://api.${domain}` },
      cloud_controller_v3: { href: `https://api.${domain}/v3`, meta: { version: '3.85.0' } },
      network_policy_v1: { href: `https://api.${domain}/networking/v1/external` },
      login: { href: `https://login.${domain}` },
      uaa: { href: `https://uaa.${domain}` },
      app_ssh: { href: `ssh.${domain}:2222` }
    }
  }
}
