import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request as a handler sees it. */
export interface Request {
  readonly method: string
  readonly path: string
  /** Values of the `:name` parts of the route's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  header(name: string): string | undefined
  body(): Promise<Buffer>
}

export interface Response {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export type Handler = (request: Request) => Response | Promise<Response>

interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly handler: Handler
}

/** Finds the handler for a method and path. The first route that fits is taken. */
export class Router {
  readonly #routes: Route[] = []

  /** `pattern` is a path with `:name` for one part: `/deployments/:deployment/vms`. */
  on(method: string, pattern: string, handler: Handler): this {
    const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)')
    this.#routes.push({ method, pattern: new RegExp(`^${source}/?$`), names, handler })
    return this
  }

  async answer(incoming: IncomingMessage, notFound: Handler): Promise<Response> {
    const url = new URL(incoming.url ?? '/', 'https://lab')
    for (const { method, pattern, names, handler } of this.#routes) {
      const match = method === incoming.method ? pattern.exec(url.pathname) : null
      if (match === null) continue
      const values = match.slice(1).map(decodeURIComponent)
      const params = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
      return handler(requestOf(incoming, url, params))
    }
    return notFound(requestOf(incoming, url, {}))
  }
}

function requestOf(incoming: IncomingMessage, url: URL, params: Readonly<Record<string, string>>): Request {
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    params,
    query: url.searchParams,
    header: name => {
      const found = incoming.headers[name]
      return Array.isArray(found) ? found[0] : found
    },
    body: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array))
      return Buffer.concat(chunks)
    }
  }
}

export function json(data: unknown, status = 200): Response {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(data) }
}

export function text(body: string, status = 200): Response {
  return { status, headers: { 'Content-Type': 'text/plain' }, body }
}

export const noContent: Response = { status: 204 }

export function send(response: ServerResponse, { status, headers, body }: Response): void {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const length = bytes === undefined && status !== 204 ? 0 : bytes?.length
  response.writeHead(status, { ...headers, ...(length === undefined ? {} : { 'Content-Length': length }) })
  response.end(bytes)
}
