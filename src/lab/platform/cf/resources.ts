import type { CfRuntime } from './runtime.ts'
import type { App, CfData, Organization, Route, Space } from './model.ts'

/** Objects in the shape of the Cloud Controller's API (v3-apidocs.cloudfoundry.org). */
type Json = Readonly<Record<string, unknown>>

export function pageOf(resources: readonly Json[]): Json {
  return {
    pagination: { total_results: resources.length, total_pages: 1, next: null, previous: null },
    resources
  }
}

export function organizationJson({ guid, name, createdAt }: Organization): Json {
  return { guid, name, created_at: createdAt, suspended: false }
}

export function spaceJson({ guid, name, createdAt, organization }: Space): Json {
  return {
    guid,
    name,
    created_at: createdAt,
    relationships: { organization: { data: { guid: organization } } }
  }
}

export function appJson({ guid, name, createdAt, state, space }: App): Json {
  return {
    guid,
    name,
    state,
    created_at: createdAt,
    lifecycle: { type: 'docker', data: {} },
    relationships: { space: { data: { guid: space } } }
  }
}

/** An app has one process, `web`, which bears the app's own guid. */
export function processJson({ guid, instances, memoryMiB }: App): Json {
  return {
    guid,
    type: 'web',
    instances,
    memory_in_mb: memoryMiB,
    disk_in_mb: 1024,
    relationships: { app: { data: { guid } } }
  }
}

export function statsJson(app: App, runtime: CfRuntime): Json {
  const resources =
    app.state === 'STARTED'
      ? Array.from({ length: app.instances }, (_, index) => {
          const instance = runtime.instance(app, index)
          return instance.state === 'RUNNING'
            ? {
                type: 'web',
                index,
                state: 'RUNNING',
                host: instance.machine.address,
                instance_internal_ip: instance.address,
                uptime: 0
              }
            : { type: 'web', index, state: 'DOWN', details: instance.reason }
        })
      : []
  return { resources }
}

export function routeJson({ guid, host, destinations, space }: Route, domain: string): Json {
  return {
    guid,
    host,
    path: '',
    url: `${host}.${domain}`,
    destinations: destinations.map(app => ({
      guid: app,
      app: { guid: app, process: { type: 'web' } },
      port: 8080
    })),
    relationships: { space: { data: { guid: space } }, domain: { data: { guid: 'shared-domain' } } }
  }
}

/** Policies as the policy server's external API has them (cf-networking-release, docs/08-policy-server-external-api.md). */
export function policiesJson({ policies }: CfData, ids: readonly string[]): Json {
  const chosen = policies.filter(
    ({ source, destination }) => ids.length === 0 || ids.includes(source) || ids.includes(destination)
  )
  return {
    total_policies: chosen.length,
    policies: chosen.map(({ source, destination, protocol, start, end }) => ({
      source: { id: source },
      destination: { id: destination, protocol, ports: { start, end } }
    }))
  }
}
