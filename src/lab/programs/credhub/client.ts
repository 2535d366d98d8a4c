import { textAt, type Value } from '../../../manifest/value.ts'
import { createResolve } from '../common/dns.ts'
import { goNetworkError } from '../common/go-errors.ts'
import { createHttps, type HttpsRequest, type HttpsResponse, type Send } from '../common/https.ts'
import type { ProgramEdge } from '../common/program.ts'
import { readConfig, type Config } from './config.ts'
import { CredhubError } from './credhub-error.ts'

/** CredHub's API for one login (credhub-cli v2.9, credhub/ and credhub/auth/). */
export interface Client {
  request(method: string, query: Readonly<Record<string, string>>, body?: Value): Promise<Value>
  serverVersion(): Promise<string>
}

/** A client for the login of the environment, or for the remembered one. Throws where there is neither. */
export async function createClient(edge: ProgramEdge): Promise<Client> {
  const config = readConfig(edge)
  const { CREDHUB_CLIENT: client = '', CREDHUB_SECRET: secret = '' } = edge.env
  if (config.ApiURL === '') throw noTarget()
  if (client === '' && (config.AccessToken === '' || config.AccessToken === 'revoked')) {
    throw new CredhubError('You are not currently authenticated. Please log in to continue.')
  }
  const send = sender(edge, config)
  const auth = config.AuthURL === '' ? await authServerOf(send, config.ApiURL) : config.AuthURL
  let token = client === '' ? config.AccessToken : undefined
  const authorized = async (request: HttpsRequest): Promise<HttpsResponse> => {
    token ??= await grantForRequest(send, auth, client, secret)
    const { headers, ...rest } = request
    return exchange(send, { ...rest, headers: { ...headers, authorization: `Bearer ${token}` } })
  }
  return {
    request: async (method, query, body) => {
      const response = await authorized({
        method,
        url: `${config.ApiURL}/api/v1/data?${new URLSearchParams(query).toString()}`,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      return successOf(response)
    },
    serverVersion: async () => {
      const info = parse((await exchange(send, { method: 'GET', url: `${config.ApiURL}/info` })).body)
      const known = textAt(info, 'app', 'version') ?? ''
      if (known !== '') return known
      const response = await authorized({ method: 'GET', url: `${config.ApiURL}/version` })
      return textAt(successOf(response), 'version') ?? ''
    }
  }
}

export function noTarget(): CredhubError {
  return new CredhubError(
    'An API target is not set. Please target the location of your server with `credhub api --server api.example.com` to continue.'
  )
}

export function sender(edge: ProgramEdge, config: Config): Send {
  return createHttps({
    resolve: createResolve(edge.env['CAUSEWAY_LAB']),
    skipVerify: config.InsecureSkipVerify,
    ...(config.CaCerts.length === 0 ? {} : { ca: config.CaCerts.join('\n') })
  })
}

/** URL of the UAA that a CredHub trusts. */
export async function authServerOf(send: Send, api: string): Promise<string> {
  const info = parse((await exchange(send, { method: 'GET', url: `${api}/info` })).body)
  const url = textAt(info, 'auth-server', 'url') ?? ''
  if (url === '') throw new CredhubError('AuthURL not found')
  return url
}

/** A token for a client. Throws with UAA's own words where it refuses. */
export async function grant(send: Send, auth: string, client: string, secret: string): Promise<string> {
  const response = await exchange(send, {
    method: 'POST',
    url: `${auth}/oauth/token`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: client,
      client_secret: secret,
      grant_type: 'client_credentials',
      response_type: 'token'
    }).toString()
  })
  const answer = parse(response.body)
  if (response.status >= 200 && response.status < 300) return textAt(answer, 'access_token') ?? ''
  const words = [textAt(answer, 'error') ?? '', textAt(answer, 'error_description') ?? '']
  throw new CredhubError(words.filter(word => word !== '').join(' '))
}

async function grantForRequest(send: Send, auth: string, client: string, secret: string): Promise<string> {
  try {
    return await grant(send, auth, client, secret)
  } catch (thrown) {
    if (!(thrown instanceof CredhubError)) throw thrown
    throw new CredhubError(
      `Error getting token. Your token may have expired and could not be refreshed. Please try logging in again. [${thrown.message}]`
    )
  }
}

async function exchange(send: Send, request: HttpsRequest): Promise<HttpsResponse> {
  try {
    return await send(request)
  } catch (thrown) {
    const { hostname, port } = new URL(request.url)
    const verb = request.method.charAt(0) + request.method.slice(1).toLowerCase()
    const words = goNetworkError(thrown, hostname, port === '' ? 443 : Number(port))
    throw new CredhubError(`${verb} "${request.url}": ${words}`)
  }
}

function successOf({ status, body }: HttpsResponse): Value {
  if (status >= 200 && status < 300) return body.length === 0 ? null : parse(body)
  const answer = parse(body)
  const [name, description] = [textAt(answer, 'error') ?? '', textAt(answer, 'error_description') ?? '']
  throw new CredhubError(description === '' || status === 404 ? name : `${name}: ${description}`)
}

function parse(body: Buffer): Value {
  try {
    return JSON.parse(body.toString('utf8')) as Value
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new CredhubError(`The response body could not be decoded: ${reason}`)
  }
}
