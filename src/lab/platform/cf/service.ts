import { join } from 'node:path'
import { at, listAt, textAt } from '../../../manifest/value.ts'
import { json, Router, type Handler } from '../../http/router.ts'
import type { ErrandOutcome, LabContext, LabService, LabState } from '../../lab-service.ts'
import { Saved } from '../../saved.ts'
import { readAccounts } from '../../uaa/accounts.ts'
import { uaaRouter } from '../../uaa/api.ts'
import { Tokens } from '../../uaa/tokens.ts'
import { HostRouter, listen } from '../http.ts'
import { imageKind } from '../images.ts'
import { groupsWith, jobOf, type Group } from '../jobs.ts'
import type { ContainerNetwork } from '../network.ts'
import { cfRouter } from './api.ts'
import { emptyCf, type CfData } from './model.ts'
import { CfRuntime } from './runtime.ts'

/** What runs Cloud Foundry: groups with its API, its UAA and its router. */
interface Parts {
  readonly api: Group
  readonly uaa: Group
  readonly router: Group
}

function partsOf(state: LabState): Parts | undefined {
  const [api] = groupsWith(state, 'cloud_controller_ng')
  const [uaa] = groupsWith(state, 'uaa')
  const [router] = groupsWith(state, 'gorouter')
  return api === undefined || uaa === undefined || router === undefined ? undefined : { api, uaa, router }
}

/** Cloud Foundry's API, UAA and router, while a deployment with them runs. They answer on the first router's address. */
export function cloudFoundryService(
  networkOf: (context: Pick<LabContext, 'lab' | 'state' | 'log'>) => ContainerNetwork
): LabService {
  let runtime: CfRuntime | undefined
  return {
    name: 'cloud-foundry',
    wanted: state => partsOf(state) !== undefined,
    start: async context => {
      const parts = partsOf(context.state())
      if (parts === undefined) throw new Error('Cloud Foundry is not deployed')
      const { certificate, privateKey } = routerTls(parts.router)
      const systemDomain = textAt(jobOf(parts.api, 'cloud_controller_ng')?.properties, 'system_domain') ?? ''
      const saved = new Saved<CfData>(join(context.folder, 'cloud-foundry.json'), emptyCf())
      const network = networkOf(context)
      const apps = new CfRuntime(saved.data, network)
      network.join(apps)
      runtime = apps
      apps.reconcile()
      const uaaProperties = at(jobOf(parts.uaa, 'uaa')?.properties, 'uaa')
      const tokens = new Tokens(textAt(uaaProperties, 'sslPrivateKey') ?? privateKey)
      const accounts = readAccounts(uaaProperties)
      const uaa = uaaRouter(accounts, tokens, `https://uaa.${systemDomain}`)
      const api = cfRouter({
        data: saved.data,
        runtime: apps,
        tokens,
        systemDomain,
        touch: () => saved.touch()
      })
      const address = parts.router.instances[0]?.ips[0] ?? '127.0.0.1'
      const server = await listen({
        host: address,
        port: 443,
        certificate,
        privateKey,
        router: new HostRouter({ api, uaa, login: uaa }, appRouter(saved.data, apps, address)),
        log: line => context.log(line)
      })
      context.publish({ [`*.${systemDomain}`]: `${address}:${server.port}` })
      return {
        port: server.port,
        close: async () => {
          await server.close()
          runtime = undefined
          network.leave(apps)
        }
      }
    },
    runErrand: async ({ job }) => (job === 'smoke_tests' ? smokeTests(runtime) : undefined)
  }
}

function routerTls(router: Group): { certificate: string; privateKey: string } {
  const [pair] = listAt(jobOf(router, 'gorouter')?.properties, 'router', 'tls_pem')
  const certificate = textAt(pair, 'cert_chain')
  const privateKey = textAt(pair, 'private_key')
  if (certificate !== undefined && privateKey !== undefined) return { certificate, privateKey }
  throw new Error('gorouter: found no certificate in router.tls_pem, expected one for the system domain')
}

/** The gorouter for apps: whoever has the route answers, and sees the router as its peer. */
function appRouter(data: CfData, runtime: CfRuntime, address: string): Router {
  const handler: Handler = request => {
    const host = (request.header('host') ?? '').replace(/:\d+$/, '')
    const route = Object.values(data.routes).find(each => host.startsWith(`${each.host}.`))
    const app = route?.destinations.map(guid => data.apps[guid]).find(each => each?.state === 'STARTED')
    if (app === undefined || runtime.instance(app, 0).state !== 'RUNNING') {
      return { status: 404, body: `404 Not Found: Requested route ('${host}') does not exist.\n` }
    }
    return imageKind(app.image ?? '').isProbe ? json({ peer: address }) : { status: 200, body: '' }
  }
  return new Router().on('GET', '/', handler)
}

/** The errand pushes an app and asks it; here it proves that an instance gets a place and an address. */
function smokeTests(runtime: CfRuntime | undefined): ErrandOutcome {
  const reason = runtime === undefined ? 'Cloud Foundry does not answer' : runtime.trial()
  if (reason === undefined) return { exitCode: 0, stdout: 'SUCCESS! -- 1 Passed | 0 Failed\n', stderr: '' }
  return { exitCode: 1, stdout: 'FAIL! -- 0 Passed | 1 Failed\n', stderr: `${reason}\n` }
}
