import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Duration } from '../../core/duration.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { credhubFailure, credhubRouter } from '../credhub/api.ts'
import { Credhub } from '../credhub/credhub.ts'
import { serveHttps, internalError, type RunningServer } from '../http/https-server.ts'
import { text } from '../http/router.ts'
import type { RunningDeployment } from '../lab-service.ts'
import { readSettings, type Pace } from '../pace.ts'
import { Saved } from '../saved.ts'
import { uaaRouter } from '../uaa/api.ts'
import { Tokens } from '../uaa/tokens.ts'
import { directorFailure, directorRouter, endpointNotFound } from './api/api.ts'
import { Blobs } from './blobs.ts'
import type { DirectorContext } from './context.ts'
import { Locks } from './locks.ts'
import type { DirectorData } from './model.ts'
import { runningDeployments } from './running-deployments.ts'
import { ports, type DirectorSettings } from './settings.ts'
import { Tasks } from './tasks.ts'

export interface HostOptions {
  readonly lab: string
  readonly settings: DirectorSettings
  /** What the VM's persistent disk holds. */
  readonly disk: string
  readonly cloud: Cloud
  readonly pace: Pace
  readonly settle: () => Promise<void>
  readonly runErrand: DirectorContext['runErrand']
  readonly log: (line: string) => void
}

/** The processes of one Director's VM: the Director, its UAA and its CredHub, each on the port of the real one. */
export interface DirectorHost {
  readonly name: string
  readonly credhub: Credhub
  deployments(): readonly RunningDeployment[]
  /** Writes to disk what is not there yet. */
  flush(): void
  close(): Promise<void>
}

/** Starts a Director on its VM's address. Throws when that address does not exist or is taken. */
export async function startDirectorHost(options: HostOptions): Promise<DirectorHost> {
  const { settings, disk, log } = options
  const folder = join(disk, 'director')
  const saved = new Saved<DirectorData>(join(folder, 'director.json'), emptyData())
  const credhub = new Credhub(join(disk, 'credhub'))
  const tokens = new Tokens(settings.uaa.privateKey)
  const context: DirectorContext = {
    ...options,
    name: settings.name,
    saved,
    credhub,
    blobs: new Blobs(folder),
    tasks: new Tasks(saved, folder),
    locks: new Locks(Duration.milliseconds((readSettings(options.lab).lockSeconds ?? 10) * 1000))
  }
  const uaaUrl = urlOf(settings.ip, ports.uaa)
  const credhubUrl = `${urlOf(settings.ip, ports.credhub)}/api/`
  const common = { host: settings.ip, log, notFound: () => text('', 404), onError: internalError }
  const servers = await startAll([
    () =>
      serveHttps({
        ...common,
        ...settings.uaa,
        port: ports.uaa,
        router: uaaRouter(settings.uaa.accounts, tokens, uaaUrl)
      }),
    () =>
      serveHttps({
        ...common,
        ...settings.credhub,
        port: ports.credhub,
        router: credhubRouter(credhub, tokens, uaaUrl),
        onError: credhubFailure
      }),
    () =>
      serveHttps({
        ...common,
        ...settings.director,
        port: ports.director,
        router: directorRouter({ context, tokens, uaaUrl, credhubUrl }),
        notFound: endpointNotFound,
        onError: directorFailure
      })
  ])
  const flush = (): void => {
    saved.flush()
    credhub.flush()
  }
  return {
    name: settings.name,
    credhub,
    deployments: () => runningDeployments(settings.name, saved.data.deployments),
    flush,
    close: async () => {
      await Promise.all(servers.map(server => server.close()))
      await context.tasks.close()
      flush()
    }
  }
}

function emptyData(): DirectorData {
  return {
    uuid: randomUUID(),
    nextTask: 1,
    nextConfig: 1,
    stemcells: [],
    releases: [],
    compiled: [],
    configs: [],
    deployments: [],
    orphanDisks: [],
    tasks: []
  }
}

function urlOf(ip: string, port: number): string {
  return `https://${ip}:${port}`
}

/** All servers or none: one that does not start closes those that did. */
async function startAll(
  starts: readonly (() => Promise<RunningServer>)[]
): Promise<readonly RunningServer[]> {
  const servers: RunningServer[] = []
  try {
    for (const start of starts) servers.push(await start())
    return servers
  } catch (thrown) {
    await Promise.all(servers.map(server => server.close()))
    throw thrown
  }
}
