import { systemCodeOf } from '../../../core/errors.ts'
import { isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { pathOf, type Kind } from '../../platform/kubernetes/kinds.ts'
import { createResolve } from '../common/dns.ts'
import { goNetworkError } from '../common/go-errors.ts'
import { createHttps, type Send } from '../common/https.ts'
import type { Connection } from './connection.ts'
import { KubectlError, ServerRefused } from './kubectl-error.ts'

export interface ListOptions {
  /** Undefined for all of them. */
  readonly namespace: string | undefined
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** The Kubernetes API. */
export class Client {
  readonly #send: Send
  readonly #connection: Connection

  constructor(connection: Connection, lab: string | undefined) {
    this.#connection = connection
    this.#send = createHttps({
      resolve: createResolve(lab),
      skipVerify: connection.skipVerify,
      ...(connection.ca === undefined ? {} : { ca: connection.ca })
    })
  }

  async list(
    kind: Kind,
    { namespace, labelSelector = '', fieldSelector = '' }: ListOptions
  ): Promise<ValueMap[]> {
    const query = new URLSearchParams({
      ...(labelSelector === '' ? {} : { labelSelector }),
      ...(fieldSelector === '' ? {} : { fieldSelector })
    })
    const answer = await this.request('GET', `${pathOf(kind, namespace)}?${query.toString()}`)
    // Items of a list do not say what they are.
    const identity = { apiVersion: kind.apiVersion, kind: kind.kind }
    return listAt(answer, 'items')
      .filter(isMap)
      .map(item => ({ ...item, ...identity }))
  }

  async get(kind: Kind, namespace: string, name: string): Promise<ValueMap> {
    return asObject(await this.request('GET', pathOfOne(kind, namespace, name)))
  }

  /** As `get`; undefined for what is not there. */
  async find(kind: Kind, namespace: string, name: string): Promise<ValueMap | undefined> {
    try {
      return await this.get(kind, namespace, name)
    } catch (thrown) {
      if (thrown instanceof ServerRefused && thrown.status === 404) return undefined
      throw thrown
    }
  }

  async create(kind: Kind, namespace: string, object: ValueMap): Promise<ValueMap> {
    return asObject(await this.request('POST', pathOf(kind, namespace), object))
  }

  /** Sends a JSON merge patch (RFC 7386). */
  async patch(kind: Kind, namespace: string, name: string, patch: ValueMap): Promise<ValueMap> {
    return asObject(await this.request('PATCH', pathOfOne(kind, namespace, name), patch))
  }

  async delete(kind: Kind, namespace: string, name: string): Promise<void> {
    await this.request('DELETE', pathOfOne(kind, namespace, name))
  }

  /** JSON of an answer; throws in kubectl's words for any but a success. */
  async request(method: string, path: string, body?: Value): Promise<Value> {
    return JSON.parse(await this.text(method, path, body)) as Value
  }

  async text(method: string, path: string, body?: Value): Promise<string> {
    const { server, authorization } = this.#connection
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const response = await this.#exchange({
      method,
      url: `${server}${path}`,
      headers: {
        accept: 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': type })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = response.body.toString('utf8')
    if (response.status < 300) return text
    throw refusal(response.status, text)
  }

  async #exchange(request: Parameters<Send>[0]): ReturnType<Send> {
    const { protocol, hostname, port, host } = new URL(request.url)
    try {
      if (protocol !== 'https:') throw Object.assign(new Error('no TLS'), { code: 'ECONNREFUSED' })
      return await this.#send(request)
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'ECONNREFUSED') {
        throw new KubectlError(
          `The connection to the server ${host} was refused - did you specify the right host or port?`,
          1,
          { cause: thrown }
        )
      }
      const words = goNetworkError(thrown, hostname, port === '' ? 443 : Number(port))
      throw new KubectlError(`Unable to connect to the server: ${words}`, 1, { cause: thrown })
    }
  }
}

export function pathOfOne(kind: Kind, namespace: string, name: string): string {
  return `${pathOf(kind, namespace)}/${encodeURIComponent(name)}`
}

function asObject(value: Value): ValueMap {
  return isMap(value) ? value : {}
}

function refusal(status: number, text: string): ServerRefused {
  try {
    const answer = JSON.parse(text) as Value
    return ServerRefused.of(status, textAt(answer, 'reason') ?? '', textAt(answer, 'message') ?? text)
  } catch {
    return ServerRefused.of(status, '', text.trim())
  }
}
