import { listAt, textAt } from '../../../manifest/value.ts'
import { wantedApps, type WantedApp } from './app-manifest.ts'
import { showHealth, startAndWait } from './apps.ts'
import { CfError } from './cf-error.ts'
import type { Client } from './client.ts'
import type { Target } from './config.ts'
import { findApp, targetOf } from './lookups.ts'
import { poll } from './poll.ts'
import type { Command, Session } from './session.ts'

/** `cf push [APP] [-f MANIFEST | --no-manifest] [--docker-image IMAGE] [-m MEMORY] [-i INSTANCES] …` */
export const push: Command = async session => {
  const { edge, line } = session
  const api = session.api()
  if (line.flags.has('path'))
    throw new CfError('The lab runs images only: give --docker-image and no -p PATH.')
  for (const wanted of wantedApps(edge, line.flags, line.args[0])) await pushOne(session, api, wanted)
}

async function pushOne(session: Session, api: Client, wanted: WantedApp): Promise<void> {
  const space = session.space()
  session.say(`Pushing app ${wanted.name} ${inSpaceTo(session)}`)
  const app = await made(api, space, wanted)
  if (wanted.hasRoute) await mapRoute(api, space, app)
  const droplet = await stage(session, api, wanted)
  await api.request('PATCH', `/v3/apps/${app.GUID}/relationships/current_droplet`, {
    data: { guid: droplet }
  })
  await api.request('PATCH', `/v3/apps/${app.GUID}/environment_variables`, { var: wanted.env })
  const scale = {
    ...(wanted.memoryMiB === undefined ? {} : { memory_in_mb: wanted.memoryMiB }),
    ...(wanted.instances === undefined ? {} : { instances: wanted.instances })
  }
  if (Object.keys(scale).length > 0) {
    await api.request('POST', `/v3/apps/${app.GUID}/processes/web/actions/scale`, scale)
  }
  if (!session.line.flags.has('no-start')) await startAndWait(session, api, app)
  session.say('')
  await showHealth(session, api, app)
}

async function made(api: Client, space: Target, { name }: WantedApp): Promise<Target> {
  const present = await findApp(api, space, name)
  if (present !== undefined) return present
  const relationships = { space: { data: { guid: space.GUID } } }
  return targetOf(
    await api.request('POST', '/v3/apps', { name, relationships, lifecycle: { type: 'docker' } })
  )
}

/** Gives the app the route of its own name on the first domain that is not internal. */
async function mapRoute(api: Client, space: Target, app: Target): Promise<void> {
  const domain = targetOf((await api.list('/v3/domains'))[0] ?? null)
  const host = app.Name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')
  const query = new URLSearchParams({ hosts: host, domain_guids: domain.GUID })
  const [present] = await api.list(`/v3/routes?${query.toString()}`)
  const relationships = { space: { data: { guid: space.GUID } }, domain: { data: { guid: domain.GUID } } }
  const route = present ?? (await api.request('POST', '/v3/routes', { host, relationships }))
  const guid = textAt(route, 'guid') ?? ''
  if (listAt(route, 'destinations').some(each => textAt(each, 'app', 'guid') === app.GUID)) return
  await api.request('POST', `/v3/routes/${guid}/destinations`, {
    destinations: [{ app: { guid: app.GUID } }]
  })
}

/** Guid of the droplet that an image becomes. */
async function stage(session: Session, api: Client, { image, name }: WantedApp): Promise<string> {
  const made = await api.request('POST', '/v3/packages', { type: 'docker', data: { image } })
  session.say(`Staging app ${name}...`)
  const build = await api.request('POST', '/v3/builds', { package: { guid: textAt(made, 'guid') ?? '' } })
  const path = `/v3/builds/${textAt(build, 'guid') ?? ''}`
  return poll(`Staging app ${name}`, async () => {
    const now = await api.request('GET', path)
    if (textAt(now, 'state') === 'FAILED') {
      throw new CfError(`Error staging application: ${textAt(now, 'error') ?? ''}`)
    }
    return textAt(now, 'droplet', 'guid')
  })
}

function inSpaceTo(session: Session): string {
  return session.inSpace().replace(/^in /, 'to ')
}
