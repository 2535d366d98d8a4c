import { readFileSync } from 'node:fs'
import { listAt, textAt, type Value } from '../../../manifest/value.ts'
import { createResolve } from '../common/dns.ts'
import { goNetworkError } from '../common/go-errors.ts'
import { createHttps, type HttpsRequest, type HttpsResponse, type Send } from '../common/https.ts'
import type { ProgramEdge } from '../common/program.ts'
import { CfError } from './cf-error.ts'
import type { Config } from './config.ts'

/** An answer that is no success. */
export class CfRefused extends CfError {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface TokenPair {
  readonly access: string
  readonly refresh: string
}

/** Sends one request; throws a CfError where no answer came. */
export function sender(edge: ProgramEdge, skipVerify: boolean): Send {
  const file = edge.env['SSL_CERT_FILE']
  const send = createHttps({
    resolve: createResolve(edge.env['CAUSEWAY_LAB']),
    skipVerify,
    ...(file === undefined ? {} : { ca: readFileSync(file, 'utf8') })
  })
  return async request => {
    try {
      return await send(request)
    } catch (thrown) {
      const { hostname, port } = new URL(request.url)
      const words = goNetworkError(thrown, hostname, port === '' ? 443 : Number(port))
      if (!words.includes('x509:')) throw new CfError(`Request error: ${words}`, { cause: thrown })
      throw new CfError(
        `Invalid SSL Cert for ${hostname}: ${words}\nTIP: Use 'cf api --skip-ssl-validation' to continue with an insecure API endpoint`,
        { cause: thrown }
      )
    }
  }
}

/** A token from UAA for a user, or for the refresh token of an earlier login. UAA's client `cf` has no secret. */
export async function requestToken(
  send: Send,
  uaa: string,
  form: Readonly<Record<string, string>>
): Promise<TokenPair> {
  const response = await send({
    method: 'POST',
    url: `${uaa}/oauth/token`,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from('cf:').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded'
    },
    body: new URLSearchParams(form).toString()
  })
  const answer = parse(response)
  if (response.status !== 200) {
    const words = textAt(answer, 'error_description') ?? `status ${response.status}`
    throw new CfRefused(response.status, words)
  }
  const type = textAt(answer, 'token_type') ?? 'bearer'
  return {
    access: `${type} ${textAt(answer, 'access_token') ?? ''}`,
    refresh: textAt(answer, 'refresh_token') ?? ''
  }
}

/** The Cloud Controller for one login, and what stands beside it under the same name. */
export class Client {
  readonly #send: Send
  readonly #config: Config
  readonly #keepToken: (tokens: TokenPair) => void
  #token: string

  constructor(send: Send, config: Config, keepToken: (tokens: TokenPair) => void) {
    this.#send = send
    this.#config = config
    this.#keepToken = keepToken
    this.#token = config.AccessToken
  }

  /** Any answer, also one that is no success. A token that has run out is renewed once. */
  async raw(
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<HttpsResponse> {
    const request: HttpsRequest = {
      method,
      url: path.startsWith('https://') ? path : `${this.#config.Target}${path}`,
      headers: { 'content-type': 'application/json', ...headers, authorization: this.#token },
      ...(body === undefined ? {} : { body })
    }
    const response = await this.#send(request)
    if (response.status !== 401 || this.#config.RefreshToken === '') return response
    const tokens = await this.#renewed()
    this.#token = tokens.access
    this.#keepToken(tokens)
    return this.#send({ ...request, headers: { ...request.headers, authorization: tokens.access } })
  }

  /** JSON of an answer; throws CfRefused for any but a success. */
  async request(method: string, path: string, body?: Value): Promise<Value> {
    const response = await this.raw(method, path, body === undefined ? undefined : JSON.stringify(body))
    const answer = parse(response)
    if (response.status < 300) return answer
    const details = listAt(answer, 'errors').map(error => textAt(error, 'detail') ?? '')
    const words = details.join('\n') || textAt(answer, 'error') || `status code: ${response.status}`
    throw new CfRefused(response.status, words)
  }

  /** All resources of a list, page by page. */
  async list(path: string): Promise<Value[]> {
    const page = await this.request('GET', path)
    const next = textAt(page, 'pagination', 'next', 'href')
    return [...listAt(page, 'resources'), ...(next === undefined ? [] : await this.list(next))]
  }

  async #renewed(): Promise<TokenPair> {
    try {
      return await requestToken(this.#send, this.#config.UaaEndpoint, {
        grant_type: 'refresh_token',
        refresh_token: this.#config.RefreshToken
      })
    } catch (thrown) {
      if (!(thrown instanceof CfRefused)) throw thrown
      throw new CfError('The token expired, was revoked, or the token ID is incorrect. Please log back in.', {
        cause: thrown
      })
    }
  }
}

function parse({ body }: HttpsResponse): Value {
  if (body.length === 0) return null
  try {
    return JSON.parse(body.toString('utf8')) as Value
  } catch {
    return { error: body.toString('utf8').trim() }
  }
}
