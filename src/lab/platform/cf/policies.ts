import { at, listAt, textAt, type Value } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import type { Policy } from '../world.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { CfRefused } from './errors.ts'
import { policiesJson } from './resources.ts'

const base = '/networking/v1/external/policies'

/** The policy server's external API (cf-networking-release 2.30.0). */
export function networkingRoutes({ data, touch }: CfApi): ApiRoute[] {
  return [
    [
      'GET',
      base,
      ({ query }) => {
        const ids = (query.get('id') ?? '').split(',').filter(id => id !== '')
        return json(policiesJson(data, ids))
      }
    ],
    [
      'POST',
      base,
      async request => {
        const added = listAt(await bodyOf(request), 'policies').map(readPolicy)
        const rest = data.policies.filter(policy => !added.some(each => isSame(each, policy)))
        data.policies = [...rest, ...added]
        touch()
        return json({})
      }
    ],
    [
      'POST',
      `${base}/delete`,
      async request => {
        const removed = listAt(await bodyOf(request), 'policies').map(readPolicy)
        data.policies = data.policies.filter(policy => !removed.some(each => isSame(each, policy)))
        touch()
        return json({})
      }
    ]
  ]
}

function readPolicy(policy: Value): Policy {
  const source = textAt(policy, 'source', 'id')
  const destination = textAt(policy, 'destination', 'id')
  const protocol = textAt(policy, 'destination', 'protocol')
  const start = at(policy, 'destination', 'ports', 'start')
  const end = at(policy, 'destination', 'ports', 'end')
  if (source === undefined || destination === undefined) throw bad('missing source or destination id')
  if (protocol !== 'tcp' && protocol !== 'udp')
    throw bad('invalid destination protocol, specify either udp or tcp')
  if (typeof start !== 'number' || typeof end !== 'number' || start < 1 || end > 65_535 || start > end) {
    throw bad('invalid port range')
  }
  return { source, destination, protocol, start, end }
}

function bad(detail: string): CfRefused {
  return new CfRefused(400, 400, 'CF-BadPolicy', `validate policies: ${detail}`)
}

function isSame(left: Policy, right: Policy): boolean {
  return (
    left.source === right.source &&
    left.destination === right.destination &&
    left.protocol === right.protocol &&
    left.start === right.start &&
    left.end === right.end
  )
}
