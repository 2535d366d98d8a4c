import { isMap, textAt, listAt, at, type Value } from '../../manifest/value.ts'

export interface Client {
  readonly id: string
  readonly secret: string
  readonly grants: readonly string[]
  /** What a token that the client gets for itself may do. */
  readonly authorities: readonly string[]
  /** What a token that it gets for a user may do. */
  readonly scopes: readonly string[]
  readonly tokenSeconds: number
}

export interface User {
  readonly name: string
  readonly password: string
  readonly groups: readonly string[]
}

export interface Accounts {
  readonly clients: readonly Client[]
  readonly users: readonly User[]
}

/** UAA's own default of `access-token-validity` (uaa-release, jobs/uaa/spec): 12 hours. */
const defaultTokenSeconds = 43_200

/** Clients and users from the properties of the job uaa (uaa-release: `uaa.clients`, `uaa.scim.users`). */
export function readAccounts(uaa: Value | undefined): Accounts {
  const clients = at(uaa, 'clients')
  return {
    clients: isMap(clients) ? Object.entries(clients).map(([id, client]) => readClient(id, client)) : [],
    users: listAt(uaa, 'scim', 'users').map(user => ({
      name: textAt(user, 'name') ?? '',
      password: textAt(user, 'password') ?? '',
      groups: listAt(user, 'groups').map(String)
    }))
  }
}

function readClient(id: string, client: Value): Client {
  const seconds = at(client, 'access-token-validity')
  return {
    id,
    secret: textAt(client, 'secret') ?? '',
    grants: words(client, 'authorized-grant-types'),
    authorities: words(client, 'authorities'),
    scopes: words(client, 'scope'),
    tokenSeconds: typeof seconds === 'number' ? seconds : defaultTokenSeconds
  }
}

function words(client: Value, key: string): readonly string[] {
  return (textAt(client, key) ?? '')
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')
}
