import { isMap, at, textAt, type Value, type ValueMap } from '../../manifest/value.ts'
import { json, noContent, Router, type Handler, type Request, type Response } from '../http/router.ts'
import type { Tokens } from '../uaa/tokens.ts'
import { certificateMetadata } from './certificates.ts'
import { absolute, CredhubError, missing, type Credential } from './credential.ts'
import { expiryOf, type Credhub, type Mode } from './credhub.ts'

const version = '2.12.100'

/** CredHub's API (docs.cloudfoundry.org/api/credhub) as far as its CLI, BOSH and Concourse use it. */
export function credhubRouter(credhub: Credhub, tokens: Tokens, uaaUrl: string): Router {
  const open = new Router()
    .on('GET', '/info', () => json({ 'auth-server': { url: uaaUrl }, app: { name: 'CredHub', version } }))
    .on('GET', '/health', () => json({ status: 'UP' }))
  const guarded = (scope: string, handler: Handler): Handler => {
    return request => {
      const claims = tokens.readHeader(request.header('authorization'))
      if (claims === undefined) return unauthenticated()
      return claims.scope.includes(scope) ? handler(request) : forbidden()
    }
  }
  const reads = (pattern: string, handler: Handler): unknown =>
    open.on('GET', pattern, guarded('credhub.read', handler))
  const writes = (method: string, pattern: string, handler: Handler): unknown =>
    open.on(method, pattern, guarded('credhub.write', handler))

  reads('/version', () => json({ version }))
  reads('/api/v1/data', request => find(request, credhub))
  reads('/api/v1/data/:id', ({ params }) => json(shown(mustFind(credhub.byId(params['id'] ?? '')))))
  reads('/api/v1/certificates', ({ query }) =>
    json({ certificates: certificateMetadata(credhub, query.get('name') ?? undefined) })
  )
  writes('POST', '/api/v1/data', async request => generate(await bodyOf(request), credhub))
  writes('POST', '/api/v1/regenerate', async request => regenerate(await bodyOf(request), credhub))
  writes('POST', '/api/v1/bulk-regenerate', async request => bulkRegenerate(await bodyOf(request), credhub))
  writes('PUT', '/api/v1/data', async request => set(await bodyOf(request), credhub))
  writes('DELETE', '/api/v1/data', ({ query }) => {
    credhub.delete(nameOf(query.get('name')))
    return noContent
  })
  return open
}

/** How CredHub words what went wrong. */
export function credhubFailure(thrown: unknown): Response {
  if (thrown instanceof CredhubError) return json({ error: thrown.message }, thrown.status)
  const error = 'An application error occurred. Please contact your administrator for more information.'
  return json({ error }, 500)
}

function find({ query }: Request, credhub: Credhub): Response {
  const path = query.get('path')
  const like = query.get('name-like')?.toLowerCase()
  if (path !== null || like !== undefined) {
    const below = absolute(path ?? '')
      .replace(/\/*$/, '/')
      .toLowerCase()
    const found = credhub.all().filter(({ name }) => {
      const key = name.toLowerCase()
      return like === undefined ? key.startsWith(below) : key.includes(like)
    })
    const credentials = found.map(({ name, version_created_at }) => ({ version_created_at, name }))
    return json({ credentials })
  }
  const versions = credhub.versions(nameOf(query.get('name')))
  if (versions.length === 0) throw missing()
  const limit = query.get('current') === 'true' ? 1 : Number(query.get('versions') ?? versions.length)
  return json({ data: versions.slice(0, limit).map(shown) })
}

async function generate(body: ValueMap, credhub: Credhub): Promise<Response> {
  if (at(body, 'regenerate') === true) return regenerate(body, credhub)
  const given = at(body, 'parameters')
  const parameters = isMap(given) ? given : {}
  const username = textAt(body, 'value', 'username')
  const metadata = metadataOf(body)
  const credential = await credhub.generate({
    name: nameOf(textAt(body, 'name')),
    type: textAt(body, 'type') ?? '',
    parameters: username === undefined ? parameters : { ...parameters, username },
    mode: modeOf(body),
    ...(metadata && { metadata })
  })
  return json(shown(credential))
}

async function regenerate(body: ValueMap, credhub: Credhub): Promise<Response> {
  return json(shown(await credhub.regenerate(nameOf(textAt(body, 'name')), metadataOf(body))))
}

async function bulkRegenerate(body: ValueMap, credhub: Credhub): Promise<Response> {
  const names = credhub.signedBy(nameOf(textAt(body, 'signed_by')))
  for (const name of names) await credhub.regenerate(name)
  return json({ regenerated_credentials: names })
}

function set(body: ValueMap, credhub: Credhub): Response {
  const type = textAt(body, 'type')
  const value = at(body, 'value')
  if (type === undefined || value === undefined) {
    throw new CredhubError(
      400,
      "The request does not include a valid type. Valid values include 'value', 'json', 'password', 'user', 'certificate', 'ssh' and 'rsa'."
    )
  }
  const metadata = metadataOf(body)
  return json(
    shown(credhub.set({ name: nameOf(textAt(body, 'name')), type, value, ...(metadata && { metadata }) }))
  )
}

function shown(credential: Credential): object {
  const { id, name, type, value, metadata, version_created_at } = credential
  const expiry_date = expiryOf(credential)
  return { type, version_created_at, id, name, metadata, ...(expiry_date && { expiry_date }), value }
}

function mustFind(credential: Credential | undefined): Credential {
  if (credential === undefined) throw missing()
  return credential
}

function modeOf(body: ValueMap): Mode {
  const mode = textAt(body, 'mode')
  if (mode === 'overwrite' || mode === 'no-overwrite' || mode === 'converge') return mode
  return at(body, 'overwrite') === true ? 'overwrite' : 'no-overwrite'
}

function metadataOf(body: ValueMap): ValueMap | undefined {
  const metadata = at(body, 'metadata')
  return isMap(metadata) ? metadata : undefined
}

function nameOf(name: string | null | undefined): string {
  if (name !== null && name !== undefined && /^\/?[^/]+(\/[^/]+)*$/.test(name)) return name
  throw new CredhubError(
    400,
    "A credential name cannot end with a '/' character or contain '//'. Credential names should be in the form of /[path]/[name] or [path]/[name]. Please update and retry your request."
  )
}

async function bodyOf(request: Request): Promise<ValueMap> {
  try {
    const body = JSON.parse((await request.body()).toString()) as Value
    if (isMap(body)) return body
  } catch {
    // Worded below, as for JSON that is no object.
  }
  throw new CredhubError(
    400,
    'The request could not be fulfilled because the request path or body did not meet expectation. Please check the documentation for required formatting and retry your request.'
  )
}

function unauthenticated(): Response {
  const error_description = 'Full authentication is required to access this resource'
  return json({ error: 'unauthorized', error_description }, 401)
}

function forbidden(): Response {
  return json({ error: 'access_denied', error_description: 'Access is denied' }, 403)
}
