import type { IncomingMessage } from 'node:http'
import { systemCodeOf } from '../../core/errors.ts'
import { serveHttps, internalError, type RunningServer } from '../http/https-server.ts'
import { json, Router, type Handler, type Request, type Response } from '../http/router.ts'
import { isMap, type Value, type ValueMap } from '../../manifest/value.ts'

/** Takes the router of the first label of the host that is asked for: `api.` or `uaa.`; the last resort takes the others. */
export class HostRouter extends Router {
  readonly #byLabel: Readonly<Record<string, Router>>
  readonly #others: Router

  constructor(byLabel: Readonly<Record<string, Router>>, others: Router) {
    super()
    this.#byLabel = byLabel
    this.#others = others
  }

  override answer(incoming: IncomingMessage, notFound: Handler): Promise<Response> {
    const label = (incoming.headers.host ?? '').split('.')[0] ?? ''
    const router = Object.hasOwn(this.#byLabel, label) ? this.#byLabel[label] : undefined
    return (router ?? this.#others).answer(incoming, notFound)
  }
}

export interface Listener {
  readonly host: string
  /** Another one is taken where this one is not free or not allowed. */
  readonly port: number
  readonly certificate: string
  readonly privateKey: string
  readonly router: Router
  readonly log: (line: string) => void
}

/** Answers HTTPS for a service of the platform. */
export async function listen(listener: Listener): Promise<RunningServer> {
  const serve = (port: number): Promise<RunningServer> =>
    serveHttps({
      ...listener,
      port,
      notFound: () => json({ message: 'not found' }, 404),
      onError: internalError
    })
  try {
    return await serve(listener.port)
  } catch (thrown) {
    const code = systemCodeOf(thrown)
    if (code !== 'EACCES' && code !== 'EADDRINUSE') throw thrown
    return serve(0)
  }
}

/** The JSON object that a request carries; an empty one where it carries none. */
export async function bodyOf(request: Request): Promise<ValueMap> {
  const text = (await request.body()).toString('utf8')
  if (text === '') return {}
  const parsed = JSON.parse(text) as Value
  return isMap(parsed) ? parsed : {}
}
