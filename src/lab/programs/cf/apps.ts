import { at, listAt, textAt, type Value } from '../../../manifest/value.ts'
import { CfError } from './cf-error.ts'
import type { Client } from './client.ts'
import type { Target } from './config.ts'
import { appNamed, findApp, targetOf } from './lookups.ts'
import { insistOnForce } from './organizations.ts'
import { poll } from './poll.ts'
import type { Command, Session } from './session.ts'
import { tableOf } from '../common/columns.ts'

/** `cf apps` */
export const listApps: Command = async session => {
  const api = session.api()
  const space = session.space()
  session.say(`Getting apps ${session.inSpace()}`)
  session.say('')
  const rows: string[][] = []
  for (const app of await api.list(`/v3/apps?space_guids=${space.GUID}`)) {
    const { GUID, Name } = targetOf(app)
    const health = await healthOf(api, GUID)
    const state = (textAt(app, 'state') ?? '').toLowerCase()
    rows.push([Name, state, `web:${health.running}/${health.wanted}`, (await routesTo(api, GUID)).join(', ')])
  }
  if (rows.length === 0) session.say('No apps found')
  else session.say(tableOf([['name', 'requested state', 'processes', 'routes'], ...rows]))
}

/** `cf app NAME [--guid]` */
export const showApp: Command = async session => {
  const api = session.api()
  const app = await appNamed(api, session.space(), session.argument(0))
  if (session.line.flags.has('guid')) {
    session.say(app.GUID)
    return
  }
  session.say(`Showing health and status for app ${app.Name} ${session.inSpace()}`)
  session.say('')
  await showHealth(session, api, app)
}

/** `cf start NAME` */
export const startApp: Command = async session => {
  const api = session.api()
  const app = await appNamed(api, session.space(), session.argument(0))
  session.say(`Starting app ${app.Name} ${session.inSpace()}`)
  await startAndWait(session, api, app)
  session.say('')
  await showHealth(session, api, app)
}

/** `cf stop NAME` */
export const stopApp: Command = async session => {
  const api = session.api()
  const app = await appNamed(api, session.space(), session.argument(0))
  session.say(`Stopping app ${app.Name} ${session.inSpace()}`)
  await api.request('POST', `/v3/apps/${app.GUID}/actions/stop`)
  session.ok()
}

/** `cf delete NAME -f [-r]`; one that is not there is no error. */
export const deleteApp: Command = async session => {
  const api = session.api()
  const name = session.argument(0)
  insistOnForce(session)
  session.say(`Deleting app ${name} ${session.inSpace()}`)
  const found = await findApp(api, session.space(), name)
  if (found === undefined) {
    session.say(`App '${name}' does not exist.`)
    session.ok()
    return
  }
  if (session.line.flags.has('r')) {
    for (const route of await routesOf(api, found.GUID)) {
      await api.request('DELETE', `/v3/routes/${textAt(route, 'guid') ?? ''}`)
    }
  }
  await api.request('DELETE', `/v3/apps/${found.GUID}`)
  session.ok()
}

/** Starts an app; throws where no instance of it comes up. */
export async function startAndWait(session: Session, api: Client, app: Target): Promise<void> {
  session.say(`Waiting for app ${app.Name} to start...`)
  await api.request('POST', `/v3/apps/${app.GUID}/actions/start`)
  await poll(`Starting app ${app.Name}`, async () => {
    const instances = await instancesOf(api, app.GUID)
    const states = instances.map(instance => textAt(instance, 'state'))
    if (states.length === 0 || states.includes('RUNNING')) return states
    if (!states.every(state => state === 'CRASHED' || state === 'DOWN')) return undefined
    const details = instances.map(instance => textAt(instance, 'details') ?? 'crashed')
    throw new CfError([...new Set(details), `Start unsuccessful: no instance of ${app.Name} runs`].join('\n'))
  })
}

/** What `cf app` shows: the app, and its instances. */
export async function showHealth(session: Session, api: Client, { GUID, Name }: Target): Promise<void> {
  const app = await api.request('GET', `/v3/apps/${GUID}`)
  const { running, wanted, memory, instances } = await healthOf(api, GUID)
  session.say(
    tableOf([
      ['name:', Name],
      ['requested state:', (textAt(app, 'state') ?? '').toLowerCase()],
      ['routes:', (await routesTo(api, GUID)).join(', ')]
    ])
  )
  session.say('')
  session.say(
    tableOf([
      ['type:', 'web'],
      ['instances:', `${running}/${wanted}`],
      ['memory usage:', `${memory}M`]
    ])
  )
  if (instances.length === 0) {
    session.say('There are no running instances of this process.')
    return
  }
  const rows = instances.map((instance, index) => [
    `#${index}`,
    (textAt(instance, 'state') ?? '').toLowerCase(),
    textAt(instance, 'details') ?? ''
  ])
  session.say(tableOf([['', 'state', 'details'], ...rows]))
}

interface Health {
  readonly running: number
  readonly wanted: number
  readonly memory: number
  readonly instances: readonly Value[]
}

async function healthOf(api: Client, guid: string): Promise<Health> {
  const [process] = await api.list(`/v3/apps/${guid}/processes`)
  const instances = await instancesOf(api, guid)
  return {
    running: instances.filter(instance => textAt(instance, 'state') === 'RUNNING').length,
    wanted: Number(at(process, 'instances') ?? 0),
    memory: Number(at(process, 'memory_in_mb') ?? 0),
    instances
  }
}

async function instancesOf(api: Client, guid: string): Promise<readonly Value[]> {
  return listAt(await api.request('GET', `/v3/apps/${guid}/processes/web/stats`), 'resources')
}

async function routesOf(api: Client, guid: string): Promise<Value[]> {
  const routes = await api.list(`/v3/routes?app_guids=${guid}`)
  return routes.filter(route =>
    listAt(route, 'destinations').some(each => textAt(each, 'app', 'guid') === guid)
  )
}

async function routesTo(api: Client, guid: string): Promise<string[]> {
  return (await routesOf(api, guid)).map(route => textAt(route, 'url') ?? '')
}
