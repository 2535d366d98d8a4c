import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Duration } from '../../src/core/duration.ts'
import type { Clock } from '../../src/tools/http.ts'

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Data is sent as JSON, text as it is. */
  readonly body?: unknown
  /** Ends the connection after so many bytes of the body. */
  readonly cutAfter?: number
}

type Route = Answer | ((request: IncomingMessage, url: URL) => Answer)

/** Plays the APIs of upstreams on loopback, and counts as GitHub does: what did not change costs nothing with a token. */
export class FakeUpstream {
  /** By path, without what follows `?`. */
  readonly routes = new Map<string, Route>()
  readonly asked: string[] = []
  /** Paths of the answers that were paid for. */
  readonly paid: string[] = []
  limit = 5000
  /** How long each answer takes. */
  latency = Duration.milliseconds(0)
  /** When the hour of the limit is over. */
  reset = new Date('2030-01-01T01:00:00Z')
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.url)
      this.asked.push(request.url ?? '/')
      const route = this.routes.get(url.pathname)
      const found = typeof route === 'function' ? route(request, url) : route
      const {
        status = 200,
        headers = {},
        body = '',
        cutAfter
      } = found ?? { status: 404, body: { message: 'Not Found' } }
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const { authorization = '' } = request.headers
      const etag = `"${createHash('sha1')
        .update(authorization + text)
        .digest('hex')}"`
      const isKnown = status === 200 && request.headers['if-none-match'] === etag
      if (!isKnown || authorization === '') this.paid.push(url.pathname)
      const counted = {
        'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
        'x-ratelimit-limit': String(this.limit),
        'x-ratelimit-remaining': String(Math.max(0, this.limit - this.spent)),
        'x-ratelimit-reset': String(this.reset.getTime() / 1000),
        ...(status === 200 ? { etag } : {}),
        ...headers
      }
      void sleep(this.latency.milliseconds).then(() => {
        if (isKnown) {
          response.writeHead(304, counted).end()
        } else if (cutAfter === undefined) {
          response.writeHead(status, counted).end(text)
        } else {
          response.writeHead(status, { ...counted, 'content-length': String(Buffer.byteLength(text)) })
          response.write(text.slice(0, cutAfter), () => response.destroy())
        }
      })
    })
  }

  get spent(): number {
    return this.paid.length
  }

  /** How many of the answers below a path were paid for. */
  paidFor(path: string): number {
    return this.paid.filter(one => one.startsWith(path)).length
  }

  static async open(): Promise<FakeUpstream> {
    const upstream = new FakeUpstream()
    upstream.#server.listen(0, '127.0.0.1')
    await once(upstream.#server, 'listening')
    return upstream
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the server is closed')
    return `http://127.0.0.1:${address.port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** A list in pages of 100, with GitHub's links between them. */
  pages(path: string, entries: () => readonly unknown[]): void {
    this.routes.set(path, (_, url) => {
      const page = Number(url.searchParams.get('page') ?? '1')
      const last = Math.max(1, Math.ceil(entries().length / 100))
      const next = `<${this.url}${path}?per_page=100&page=${page + 1}>; rel="next"`
      return {
        body: entries().slice((page - 1) * 100, page * 100),
        headers: page < last ? { link: next } : {}
      }
    })
  }
}

/** A clock that stands still, and jumps where somebody sleeps. */
export class FakeClock implements Clock {
  time = new Date('2030-01-01T00:00:00Z')
  readonly slept: string[] = []

  now(): Date {
    return this.time
  }

  async sleep(length: Duration): Promise<void> {
    this.slept.push(length.toString())
    this.time = new Date(this.time.getTime() + length.milliseconds)
  }
}

export function release(tag: string, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    tag_name: tag,
    draft: false,
    prerelease: false,
    html_url: `https://github.test/releases/${tag}`,
    ...more
  }
}
