import { textAt, type Value } from '../../../manifest/value.ts'
import { CfError } from './cf-error.ts'
import type { Client } from './client.ts'
import type { Target } from './config.ts'

/** The one resource of that name; undefined where there is none. */
async function named(api: Client, path: string, name: string): Promise<Target | undefined> {
  const found = await api.list(`${path}${path.includes('?') ? '&' : '?'}names=${encodeURIComponent(name)}`)
  return found[0] === undefined ? undefined : targetOf(found[0])
}

export function targetOf(resource: Value): Target {
  return { GUID: textAt(resource, 'guid') ?? '', Name: textAt(resource, 'name') ?? '' }
}

export function findOrganization(api: Client, name: string): Promise<Target | undefined> {
  return named(api, '/v3/organizations', name)
}

export async function organizationNamed(api: Client, name: string): Promise<Target> {
  const found = await findOrganization(api, name)
  if (found === undefined) throw new CfError(`Organization '${name}' not found.`)
  return found
}

export function findSecurityGroup(api: Client, name: string): Promise<Target | undefined> {
  return named(api, '/v3/security_groups', name)
}

export function findSpace(api: Client, organization: Target, name: string): Promise<Target | undefined> {
  return named(api, `/v3/spaces?organization_guids=${organization.GUID}`, name)
}

export async function spaceNamed(api: Client, organization: Target, name: string): Promise<Target> {
  const found = await findSpace(api, organization, name)
  if (found === undefined) throw new CfError(`Space '${name}' not found.`)
  return found
}

export function findApp(api: Client, space: Target, name: string): Promise<Target | undefined> {
  return named(api, `/v3/apps?space_guids=${space.GUID}`, name)
}

export async function appNamed(api: Client, space: Target, name: string): Promise<Target> {
  const found = await findApp(api, space, name)
  if (found === undefined) throw new CfError(`App '${name}' not found.`)
  return found
}
