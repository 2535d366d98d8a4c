import { CfError } from './cf-error.ts'
import { nothing } from './config.ts'
import { findOrganization, targetOf } from './lookups.ts'
import type { Command, Session } from './session.ts'

/** `cf orgs` */
export const listOrganizations: Command = async session => {
  const api = session.api()
  session.say(`Getting orgs as ${session.user()}...`)
  session.say('')
  const names = (await api.list('/v3/organizations')).map(each => targetOf(each).Name)
  session.say(names.length === 0 ? 'No orgs found.' : ['name', ...names.sort()].join('\n'))
}

/** `cf create-org NAME`; one that is there already is no error. */
export const createOrganization: Command = async session => {
  const api = session.api()
  const name = session.argument(0)
  session.say(`Creating org ${name} as ${session.user()}...`)
  if ((await findOrganization(api, name)) !== undefined) {
    session.edge.err(`Organization '${name}' already exists.\n`)
    session.ok()
    return
  }
  await api.request('POST', '/v3/organizations', { name })
  session.ok()
  session.say('')
  session.say(`TIP: Use 'cf target -o "${name}"' to target new org`)
}

/** `cf delete-org NAME -f`; one that is not there is no error. */
export const deleteOrganization: Command = async session => {
  const api = session.api()
  const name = session.argument(0)
  insistOnForce(session)
  session.say(`Deleting org ${name} as ${session.user()}...`)
  const found = await findOrganization(api, name)
  if (found === undefined) session.edge.err(`Organization '${name}' does not exist.\n`)
  else await api.request('DELETE', `/v3/organizations/${found.GUID}`)
  session.ok()
  if (found === undefined || session.config.OrganizationFields.GUID !== found.GUID) return
  session.remember({ OrganizationFields: nothing, SpaceFields: nothing })
  session.say('')
  session.say("TIP: No org or space targeted, use 'cf target -o ORG -s SPACE'")
}

/** The real program asks whether to delete. */
export function insistOnForce({ line }: Session): void {
  if (line.flags.has('force')) return
  throw new CfError('The lab asks nothing: give -f to delete without confirmation.')
}
