import { createServer } from 'node:https'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../../core/errors.ts'
import { send, text, type Handler, type Response, type Router } from './router.ts'

export interface ServerOptions {
  /** A loopback address. */
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
  readonly certificate: string
  readonly privateKey: string
  readonly router: Router
  readonly notFound: Handler
  /** What is answered when a handler throws. */
  readonly onError: (thrown: unknown) => Response
  readonly log: (line: string) => void
}

export interface RunningServer {
  readonly port: number
  /** Refuses new connections, cuts the open ones, and waits. */
  close(): Promise<void>
}

/** Answers HTTPS on a loopback address. Throws when the address is taken. */
export async function serveHttps(options: ServerOptions): Promise<RunningServer> {
  const { router, notFound, onError, log } = options
  const server = createServer(
    { cert: options.certificate, key: options.privateKey },
    (incoming, response) => {
      router
        .answer(incoming, notFound)
        .catch((thrown: unknown) => {
          log(`${incoming.method ?? ''} ${incoming.url ?? ''}: ${messageOf(thrown)}`)
          return onError(thrown)
        })
        .then(answer => send(response, answer))
        .catch((thrown: unknown) => {
          log(`${incoming.url ?? ''}: ${messageOf(thrown)}`)
          response.destroy()
        })
    }
  )
  server.listen({ host: options.host, port: options.port })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}

/** For an API that has nothing better to say of an error of ours. */
export function internalError(thrown: unknown): Response {
  return text(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown), 500)
}
