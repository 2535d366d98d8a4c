import { listAt, textAt, wordAt, type Value } from '../../../manifest/value.ts'
import { CfError } from './cf-error.ts'
import type { Client } from './client.ts'
import type { Target } from './config.ts'
import { appNamed, organizationNamed, spaceNamed, targetOf } from './lookups.ts'
import type { Command, Session } from './session.ts'
import { tableOf } from '../common/columns.ts'

/** `cf add-network-policy SOURCE DESTINATION [--protocol P] [--port N|N-M] [-s SPACE [-o ORG]]` */
export const addPolicy: Command = async session => {
  const { policy, words } = await readPolicy(session)
  session.say(`Adding network policy from ${words}`)
  await session.api().request('POST', policiesOf(session), { policies: [policy] })
  session.ok()
}

/** `cf remove-network-policy …`; one that is not there is no error. */
export const removePolicy: Command = async session => {
  const { policy, source, words } = await readPolicy(session)
  const api = session.api()
  session.say(`Removing network policy from ${words}`)
  const present = await allOf(session, api, `?id=${source.GUID}`)
  if (present.some(other => keyOf(other) === keyOf(policy))) {
    await api.request('POST', `${policiesOf(session)}/delete`, { policies: [policy] })
  } else {
    session.say('Policy does not exist.')
  }
  session.ok()
}

/** `cf network-policies [--source APP]`: those whose source is in the space that is targeted. */
export const listPolicies: Command = async session => {
  const api = session.api()
  const given = session.line.flags.text('source')
  const only = given === undefined ? undefined : await appNamed(api, session.space(), given)
  session.say(`Listing network policies ${session.inSpace()}`)
  session.say('')
  const names = new Map((await api.list('/v3/apps')).map(app => [targetOf(app).GUID, app] as const))
  const spaces = new Map((await api.list('/v3/spaces')).map(each => [targetOf(each).GUID, each] as const))
  const orgs = new Map(
    (await api.list('/v3/organizations')).map(each => [targetOf(each).GUID, targetOf(each)])
  )
  const rows = (await allOf(session, api, '')).flatMap(policy => {
    const source = names.get(textAt(policy, 'source', 'id') ?? '')
    const destination = names.get(textAt(policy, 'destination', 'id') ?? '')
    if (source === undefined || destination === undefined) return []
    if (spaceOf(source) !== session.space().GUID) return []
    if (only !== undefined && targetOf(source).GUID !== only.GUID) return []
    const space = spaces.get(spaceOf(destination))
    const org = orgs.get(textAt(space, 'relationships', 'organization', 'data', 'guid') ?? '')
    const { protocol, ports } = reading(policy)
    const place = space === undefined ? '' : targetOf(space).Name
    return [[targetOf(source).Name, targetOf(destination).Name, protocol, ports, place, org?.Name ?? '']]
  })
  const header = ['source', 'destination', 'protocol', 'ports', 'destination space', 'destination org']
  session.say(tableOf([header, ...rows]))
}

async function readPolicy(
  session: Session
): Promise<{ readonly policy: Value; readonly source: Target; readonly words: string }> {
  const { flags } = session.line
  const api = session.api()
  const protocol = flags.text('protocol') ?? 'tcp'
  const [start, end] = portsIn(flags.text('port') ?? '')
  const source = await appNamed(api, session.space(), session.argument(0))
  const destination = await appNamed(api, await destinationSpace(session, api), session.argument(1))
  const policy = {
    source: { id: source.GUID },
    destination: { id: destination.GUID, protocol, ports: { start, end } }
  }
  return { policy, source, words: `app ${source.Name} to app ${destination.Name} ${session.inSpace()}` }
}

async function destinationSpace(session: Session, api: Client): Promise<Target> {
  const [org, space] = [session.line.flags.text('o'), session.line.flags.text('s')]
  if (space === undefined) {
    if (org !== undefined) throw new CfError('Incorrect Usage: -o ORG needs -s SPACE beside it.')
    return session.space()
  }
  return spaceNamed(
    api,
    org === undefined ? session.organization() : await organizationNamed(api, org),
    space
  )
}

/** `8080` or `8080-8090`. */
function portsIn(text: string): readonly [number, number] {
  const [, start, end] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (start === undefined) {
    throw new CfError(
      `Incorrect Usage: PORT syntax: found ${text}, expected a number or two with a dash between them`
    )
  }
  return [Number(start), Number(end ?? start)]
}

function policiesOf({ config }: Session): string {
  return `${config.NetworkPolicyV1Endpoint}/policies`
}

async function allOf(session: Session, api: Client, query: string): Promise<readonly Value[]> {
  return listAt(await api.request('GET', `${policiesOf(session)}${query}`), 'policies')
}

function reading(policy: Value): { readonly protocol: string; readonly ports: string } {
  const [start, end] = ['start', 'end'].map(key => wordAt(policy, 'destination', 'ports', key))
  return {
    protocol: textAt(policy, 'destination', 'protocol') ?? '',
    ports: start === end ? (start ?? '') : `${start ?? ''}-${end ?? ''}`
  }
}

function keyOf(policy: Value): string {
  const { protocol, ports } = reading(policy)
  const [source, destination] = [textAt(policy, 'source', 'id'), textAt(policy, 'destination', 'id')]
  return [source, destination, protocol, ports].join(' ')
}

function spaceOf(app: Value): string {
  return textAt(app, 'relationships', 'space', 'data', 'guid') ?? ''
}
