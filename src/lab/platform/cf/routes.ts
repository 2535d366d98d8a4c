import { randomUUID } from 'node:crypto'
import { listAt, textAt } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { unprocessable } from './errors.ts'
import { accepted, found, isIn, list } from './lookups.ts'
import { pageOf, routeJson } from './resources.ts'

export function routeRoutes({ data, touch, systemDomain }: CfApi): ApiRoute[] {
  return [
    [
      'GET',
      '/v3/domains',
      () => json(pageOf([{ guid: 'shared-domain', name: systemDomain, internal: false }]))
    ],
    [
      'GET',
      '/v3/routes',
      ({ query }) => {
        const [hosts, apps] = [list(query, 'hosts'), list(query, 'app_guids')]
        const chosen = Object.values(data.routes).filter(
          ({ host, destinations }) =>
            isIn(hosts, host) && (apps.length === 0 || destinations.some(guid => apps.includes(guid)))
        )
        return json(pageOf(chosen.map(route => routeJson(route, systemDomain))))
      }
    ],
    [
      'POST',
      '/v3/routes',
      async request => {
        const body = await bodyOf(request)
        const host = textAt(body, 'host') ?? ''
        const space = found(data.spaces, textAt(body, 'relationships', 'space', 'data', 'guid'), 'Space').guid
        if (Object.values(data.routes).some(route => route.host === host)) {
          throw unprocessable(`Route already exists with host '${host}' for domain '${systemDomain}'.`)
        }
        const made = { guid: randomUUID(), host, destinations: [], space }
        data.routes[made.guid] = made
        touch()
        return json(routeJson(made, systemDomain), 201)
      }
    ],
    [
      'DELETE',
      '/v3/routes/:guid',
      ({ params }) => {
        Reflect.deleteProperty(data.routes, found(data.routes, params['guid'], 'Route').guid)
        touch()
        return accepted()
      }
    ],
    [
      'POST',
      '/v3/routes/:guid/destinations',
      async request => {
        const route = found(data.routes, request.params['guid'], 'Route')
        const apps = listAt(await bodyOf(request), 'destinations').flatMap(
          each => textAt(each, 'app', 'guid') ?? []
        )
        const destinations = [...new Set([...route.destinations, ...apps])]
        data.routes[route.guid] = { ...route, destinations }
        touch()
        return json(routeJson({ ...route, destinations }, systemDomain))
      }
    ]
  ]
}
