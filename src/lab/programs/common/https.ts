import { Agent, request } from 'node:https'
import { checkServerIdentity } from 'node:tls'
import type { Resolve } from './dns.ts'

export interface HttpsRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Gives up after this long without an answer. @default never */
  readonly timeoutMillis?: number
}

export interface HttpsResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export interface HttpsOptions {
  /** PEM of the authorities to trust. @default the system's */
  readonly ca?: string
  /** Accepts any certificate. */
  readonly skipVerify?: boolean
  readonly resolve: Resolve
}

/** Sends one request; rejects with Node's error where no answer came. */
export type Send = (request: HttpsRequest) => Promise<HttpsResponse>

/**
 * A client that finds the lab's names and verifies certificates against the name that was asked for. It keeps its
 * connection open between requests and does not keep the process alive.
 */
export function createHttps({ ca, skipVerify = false, resolve }: HttpsOptions): Send {
  // Go trusts whatever stands among the authorities, a server's own certificate too; bbl hands out UAA's like that.
  const agent = new Agent({ keepAlive: true, maxSockets: 8, allowPartialTrustChain: true })
  return message =>
    new Promise((done, failed) => {
      const url = new URL(message.url)
      const port = url.port === '' ? 443 : Number(url.port)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const place = resolve(host) ?? { host, port }
      const outgoing = request(
        {
          agent,
          method: message.method,
          host: place.host,
          port: place.port,
          path: `${url.pathname}${url.search}`,
          headers: { host: url.host, ...message.headers, 'content-length': lengthOf(message.body) },
          // An address is no server name (RFC 6066), and the certificate is checked against what was asked for.
          servername: /^[\d.]+$|:/.test(host) ? '' : host,
          rejectUnauthorized: !skipVerify,
          checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
          // As Go does: a certificate that is trusted itself needs no issuer that is. bbl hands UAA's own one over.
          ...(ca === undefined ? {} : { ca, allowPartialTrustChain: true }),
          ...(message.timeoutMillis === undefined ? {} : { timeout: message.timeoutMillis })
        },
        incoming => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('error', failed)
          incoming.on('end', () =>
            done({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) })
          )
        }
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error('i/o timeout')))
      outgoing.on('error', failed)
      outgoing.end(message.body)
    })
}

function lengthOf(body: string | Buffer | undefined): number {
  return body === undefined ? 0 : Buffer.byteLength(body)
}
