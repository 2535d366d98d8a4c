import { readYaml } from '../../../manifest/read-yaml.ts'
import { isMap, type Value, type ValueMap } from '../../../manifest/value.ts'
import { messageOf } from '../../../core/errors.ts'
import type { Request, Response } from '../../http/router.ts'
import type { Claims } from '../../uaa/tokens.ts'
import type { DirectorContext } from '../context.ts'
import { DirectorError } from '../director-error.ts'
import type { NewTask, Work } from '../tasks.ts'

/** A request whose sender is known. */
export interface AuthorizedRequest extends Request {
  readonly claims: Claims
}

export type Controller = (request: AuthorizedRequest) => Response | Promise<Response>

/** The body as a JSON object. Throws the Director's errors. */
export async function jsonBody(request: Request): Promise<ValueMap> {
  const text = (await request.body()).toString()
  let body: Value
  try {
    body = JSON.parse(text) as Value
  } catch (thrown) {
    throw new DirectorError(710001, `Invalid JSON request body: ${messageOf(thrown)}`)
  }
  if (isMap(body)) return body
  throw new DirectorError(440010, 'JSON object expected')
}

/** A manifest as text and as data. Throws the Director's errors. */
export async function manifestBody(request: Request): Promise<{ text: string; manifest: ValueMap }> {
  const text = (await request.body()).toString()
  return { text, manifest: parseManifest(text) }
}

export function parseManifest(text: string): ValueMap {
  let manifest: Value
  try {
    manifest = readYaml(text)
  } catch (thrown) {
    throw new DirectorError(440001, `Incorrect YAML structure of the uploaded manifest: ${messageOf(thrown)}`)
  }
  if (isMap(manifest)) return manifest
  throw new DirectorError(440001, 'Incorrect YAML structure of the uploaded manifest')
}

/** Begins a task, and sends the client to where it can watch it. */
export function startTask(
  { tasks }: DirectorContext,
  request: AuthorizedRequest,
  task: Omit<NewTask, 'user' | 'contextId'>,
  work: Work
): Response {
  const { claims } = request
  const contextId = request.header('x-bosh-context-id')
  const user = claims.user_name ?? claims.client_id
  const { id } = tasks.start({ ...task, user, ...(contextId === undefined ? {} : { contextId }) }, work)
  return { status: 302, headers: { Location: `/tasks/${id}` } }
}
