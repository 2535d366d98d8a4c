import { nothing } from './config.ts'
import { organizationNamed, spaceNamed } from './lookups.ts'
import type { Command, Session } from './session.ts'
import { tableOf } from '../common/columns.ts'

/** `cf target [-o ORG] [-s SPACE]` */
export const target: Command = async session => {
  const { flags } = session.line
  await targetBy(session, flags.text('o'), flags.text('s'))
  showTarget(session)
}

/** Targets an organization, a space, or both. An organization alone leaves no space targeted. */
export async function targetBy(
  session: Session,
  org: string | undefined,
  space: string | undefined
): Promise<void> {
  const api = session.api()
  if (org !== undefined) {
    const found = await organizationNamed(api, org)
    session.remember({ OrganizationFields: found, SpaceFields: nothing })
  }
  if (space !== undefined) {
    session.remember({ SpaceFields: await spaceNamed(api, session.organization(), space) })
  }
}

export function showTarget(session: Session): void {
  const { config } = session
  const [org, space] = [config.OrganizationFields.Name, config.SpaceFields.Name]
  const rows = [
    ['API endpoint:', config.Target],
    ['API version:', config.APIVersion],
    ['user:', session.user()]
  ]
  if (org !== '') rows.push(['org:', org])
  if (space !== '') rows.push(['space:', space])
  session.say(tableOf(rows))
  if (org === '') session.say("No org or space targeted, use 'cf target -o ORG -s SPACE'")
  else if (space === '') session.say("No space targeted, use 'cf target -s SPACE'")
}
