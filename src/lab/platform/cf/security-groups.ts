import { randomUUID } from 'node:crypto'
import { at, listAt, textAt, type Value } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import type { EgressRule } from '../world.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { unprocessable } from './errors.ts'
import { found, named } from './lookups.ts'
import type { SecurityGroup } from './model.ts'
import { pageOf } from './resources.ts'

/** Security groups of the v3 API (capi-release 1.95.0), as far as running apps go: staging and single spaces are left out. */
export function securityGroupRoutes({ data, touch }: CfApi): ApiRoute[] {
  const keep = (group: SecurityGroup): Readonly<Record<string, unknown>> => {
    data.securityGroups[group.guid] = group
    touch()
    return groupJson(group)
  }
  return [
    [
      'GET',
      '/v3/security_groups',
      ({ query }) => json(pageOf(Object.values(data.securityGroups).filter(named(query)).map(groupJson)))
    ],
    [
      'POST',
      '/v3/security_groups',
      async request => {
        const body = await bodyOf(request)
        const name = textAt(body, 'name') ?? ''
        if (Object.values(data.securityGroups).some(group => group.name === name)) {
          throw unprocessable(`Security group with name '${name}' already exists.`)
        }
        return json(keep({ guid: randomUUID(), name, rules: rulesOf(body) ?? [], running: false }), 201)
      }
    ],
    [
      'PATCH',
      '/v3/security_groups/:guid',
      async request => {
        const group = found(data.securityGroups, request.params['guid'], 'Security group')
        const body = await bodyOf(request)
        const running = at(body, 'globally_enabled', 'running')
        return json(
          keep({
            ...group,
            rules: rulesOf(body) ?? group.rules,
            running: typeof running === 'boolean' ? running : group.running
          })
        )
      }
    ]
  ]
}

function groupJson({ guid, name, rules, running }: SecurityGroup): Readonly<Record<string, unknown>> {
  return { guid, name, rules, globally_enabled: { running, staging: false } }
}

/** The rules of a request; undefined where it has none. Throws for a rule that the Cloud Controller would not take. */
function rulesOf(body: Value): readonly EgressRule[] | undefined {
  if (at(body, 'rules') === undefined) return undefined
  return listAt(body, 'rules').map(rule => {
    const [protocol, destination, ports] = ['protocol', 'destination', 'ports'].map(key => textAt(rule, key))
    if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'all') {
      throw unprocessable("Rules[0]: protocol must be 'tcp', 'udp', or 'all'")
    }
    if (destination === undefined) throw unprocessable('Rules[0]: destination must be a string')
    if (protocol === 'all' ? ports !== undefined : ports === undefined) {
      throw unprocessable(
        `Rules[0]: ports are ${protocol === 'all' ? 'not allowed' : 'required'} for protocols of type ${protocol}`
      )
    }
    return { protocol, destination, ...(ports === undefined ? {} : { ports }) }
  })
}
