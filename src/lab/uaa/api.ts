import { json, Router, type Request, type Response } from '../http/router.ts'
import type { Accounts, Client, User } from './accounts.ts'
import type { Tokens } from './tokens.ts'

const version = '77.20.0'
const prompts = { username: ['text', 'Email'], password: ['password', 'Password'] }
const refreshSeconds = 86_400

/** What the bosh and credhub CLIs ask of a UAA: who it is, tokens, and their end (docs.cloudfoundry.org/api/uaa). */
export function uaaRouter(accounts: Accounts, tokens: Tokens, url: string): Router {
  const info = (): Response =>
    json({ app: { version }, links: { uaa: url, login: url }, prompts, zone_name: 'uaa', entityID: url })
  return new Router()
    .on('GET', '/info', info)
    .on('GET', '/login', info)
    .on('GET', '/healthz', () => ({ status: 200, body: 'ok\n' }))
    .on('POST', '/oauth/token', request => grant(request, accounts, tokens))
    .on('DELETE', '/oauth/token/revoke/:jti', ({ params }) => {
      tokens.revoke(params['jti'] ?? '')
      return { status: 200 }
    })
}

async function grant(request: Request, accounts: Accounts, tokens: Tokens): Promise<Response> {
  const form = new URLSearchParams((await request.body()).toString())
  const { id, secret } = clientCredentials(request, form)
  const client = accounts.clients.find(known => known.id === id && known.secret === secret)
  if (client === undefined) return refusal(401, 'invalid_client', 'Bad client credentials')
  const type = form.get('grant_type') ?? ''
  if (!client.grants.includes(type)) {
    return refusal(401, 'invalid_client', `Unauthorized grant type: ${type}`)
  }
  if (type === 'client_credentials') {
    return answer(client, tokens, { scope: client.authorities, client_id: client.id })
  }
  const user = type === 'password' ? byPassword(form, accounts) : byRefreshToken(form, accounts, tokens)
  if (user === undefined) return refusal(401, 'unauthorized', 'Bad credentials')
  const scope = user.groups.filter(group => client.scopes.includes(group))
  return answer(client, tokens, { scope, client_id: client.id, user_name: user.name })
}

/** In the header, as the bosh CLI sends them, or in the form, as the credhub CLI does. */
function clientCredentials(request: Request, form: URLSearchParams): { id: string; secret: string } {
  const [, basic] = /^basic (.+)$/i.exec(request.header('authorization') ?? '') ?? []
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' }
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':')
  return { id, secret: rest.join(':') }
}

function byPassword(form: URLSearchParams, { users }: Accounts): User | undefined {
  const [name, password] = [form.get('username'), form.get('password')]
  return users.find(user => user.name === name && user.password === password)
}

function byRefreshToken(form: URLSearchParams, { users }: Accounts, tokens: Tokens): User | undefined {
  const claims = tokens.read(form.get('refresh_token') ?? '')
  return users.find(user => user.name === claims?.user_name)
}

type About = Parameters<Tokens['issue']>[1]

function answer(client: Client, tokens: Tokens, about: About): Response {
  const { token, jti } = tokens.issue(client.tokenSeconds, about)
  const refresh =
    about.user_name === undefined ? {} : { refresh_token: tokens.issue(refreshSeconds, about).token }
  const rest = { token_type: 'bearer', expires_in: client.tokenSeconds, scope: about.scope.join(' '), jti }
  return json({ access_token: token, ...refresh, ...rest })
}

function refusal(status: number, error: string, description: string): Response {
  return json({ error, error_description: description }, status)
}
