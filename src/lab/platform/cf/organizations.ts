import { randomUUID } from 'node:crypto'
import { textAt } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { deleteSpace } from './deletion.ts'
import { unprocessable } from './errors.ts'
import { accepted, found, list, named, now } from './lookups.ts'
import { organizationJson, pageOf, spaceJson } from './resources.ts'

export function organizationRoutes({ data, touch, runtime }: CfApi): ApiRoute[] {
  return [
    [
      'GET',
      '/v3/organizations',
      ({ query }) =>
        json(pageOf(Object.values(data.organizations).filter(named(query)).map(organizationJson)))
    ],
    [
      'POST',
      '/v3/organizations',
      async request => {
        const name = textAt(await bodyOf(request), 'name') ?? ''
        if (Object.values(data.organizations).some(each => each.name === name)) {
          throw unprocessable(`Organization '${name}' already exists.`)
        }
        const made = { guid: randomUUID(), name, createdAt: now() }
        data.organizations[made.guid] = made
        touch()
        return json(organizationJson(made), 201)
      }
    ],
    [
      'DELETE',
      '/v3/organizations/:guid',
      ({ params }) => {
        const { guid } = found(data.organizations, params['guid'], 'Organization')
        for (const space of Object.values(data.spaces)) {
          if (space.organization === guid) deleteSpace({ data, runtime }, space.guid)
        }
        Reflect.deleteProperty(data.organizations, guid)
        touch()
        return accepted()
      }
    ]
  ]
}

export function spaceRoutes({ data, touch, runtime }: CfApi): ApiRoute[] {
  return [
    [
      'GET',
      '/v3/spaces',
      ({ query }) => {
        const organizations = list(query, 'organization_guids')
        const spaces = Object.values(data.spaces)
          .filter(named(query))
          .filter(({ organization }) => organizations.length === 0 || organizations.includes(organization))
        return json(pageOf(spaces.map(spaceJson)))
      }
    ],
    [
      'POST',
      '/v3/spaces',
      async request => {
        const body = await bodyOf(request)
        const name = textAt(body, 'name') ?? ''
        const guid = textAt(body, 'relationships', 'organization', 'data', 'guid') ?? ''
        const organization = found(data.organizations, guid, 'Organization').guid
        if (
          Object.values(data.spaces).some(each => each.name === name && each.organization === organization)
        ) {
          throw unprocessable(`Name must be unique per organization`)
        }
        const made = { guid: randomUUID(), name, createdAt: now(), organization }
        data.spaces[made.guid] = made
        touch()
        return json(spaceJson(made), 201)
      }
    ],
    [
      'DELETE',
      '/v3/spaces/:guid',
      ({ params }) => {
        deleteSpace({ data, runtime }, found(data.spaces, params['guid'], 'Space').guid)
        touch()
        return accepted()
      }
    ]
  ]
}
