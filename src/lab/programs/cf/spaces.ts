import type { Client } from './client.ts'
import { nothing, type Target } from './config.ts'
import { findSpace, organizationNamed, targetOf } from './lookups.ts'
import { insistOnForce } from './organizations.ts'
import type { Command, Session } from './session.ts'

/** `cf spaces` */
export const listSpaces: Command = async session => {
  const api = session.api()
  const organization = session.organization()
  session.say(`Getting spaces in org ${organization.Name} as ${session.user()}...`)
  session.say('')
  const spaces = await api.list(`/v3/spaces?organization_guids=${organization.GUID}`)
  const names = spaces.map(each => targetOf(each).Name)
  session.say(names.length === 0 ? 'No spaces found.' : ['name', ...names.sort()].join('\n'))
}

/** `cf create-space NAME [-o ORG]`; one that is there already is no error. */
export const createSpace: Command = async session => {
  const api = session.api()
  const name = session.argument(0)
  const organization = await organizationOf(session, api)
  session.say(`Creating space ${name} in org ${organization.Name} as ${session.user()}...`)
  if ((await findSpace(api, organization, name)) !== undefined) {
    session.edge.err(`Space '${name}' already exists.\n`)
    session.ok()
    return
  }
  const relationships = { organization: { data: { guid: organization.GUID } } }
  await api.request('POST', '/v3/spaces', { name, relationships })
  session.ok()
  session.say('')
  session.say(`TIP: Use 'cf target -o "${organization.Name}" -s "${name}"' to target new space`)
}

/** `cf delete-space NAME [-o ORG] -f`; one that is not there is no error. */
export const deleteSpace: Command = async session => {
  const api = session.api()
  const name = session.argument(0)
  const organization = await organizationOf(session, api)
  insistOnForce(session)
  session.say(`Deleting space ${name} in org ${organization.Name} as ${session.user()}...`)
  const found = await findSpace(api, organization, name)
  if (found === undefined) session.edge.err(`Space '${name}' does not exist.\n`)
  else await api.request('DELETE', `/v3/spaces/${found.GUID}`)
  session.ok()
  if (found !== undefined && session.config.SpaceFields.GUID === found.GUID) {
    session.remember({ SpaceFields: nothing })
  }
}

async function organizationOf(session: Session, api: Client): Promise<Target> {
  const name = session.line.flags.text('o')
  return name === undefined ? session.organization() : organizationNamed(api, name)
}
