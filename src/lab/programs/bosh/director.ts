import { setTimeout as sleep } from 'node:timers/promises'
import { at, textAt, type Value } from '../../../manifest/value.ts'
import type { HttpsResponse, Send } from '../common/https.ts'
import { attempt, BoshError, wrap } from './bosh-error.ts'
import { authorized, sendPatiently, urlOf, type DirectorAddress } from './exchange.ts'
import type { TaskReporter } from './task-reporter.ts'

export interface Body {
  readonly type:
    'application/json' | 'text/yaml' | 'application/x-compressed' | 'application/x-www-form-urlencoded'
  readonly content: string | Buffer
}

/** The Director answered with a failure. */
export class DirectorRefused extends BoshError {
  readonly status: number
  readonly body: string

  constructor(status: number, body: string) {
    super(`Director responded with non-successful status code '${status}' response '${body}'`)
    this.status = status
    this.body = body
  }
}

/** Value of the Authorization header; asked anew (`true`) when the Director did not take the last one. */
export type Authorize = (anew: boolean) => Promise<string | undefined>

/** A task of the lab may take moments; what runs longer is asked less often. */
const firstPollMillis = 20
const longestPollMillis = 300

/** A Director's API (bosh-cli v7, director/client_request.go and task_client_request.go). */
export class Director {
  readonly #address: DirectorAddress
  readonly #send: Send
  readonly #authorize: Authorize
  readonly #reporter: TaskReporter

  constructor(address: DirectorAddress, send: Send, authorize: Authorize, reporter: TaskReporter) {
    this.#address = address
    this.#send = send
    this.#authorize = authorize
    this.#reporter = reporter
  }

  /** JSON of a page. */
  async get(path: string): Promise<Value> {
    return parse(await this.raw('GET', path))
  }

  async post(path: string, body: Body): Promise<Value> {
    return parse(await this.raw('POST', path, body))
  }

  /** Sends a request, follows a redirect, and throws DirectorRefused for any answer but a success. */
  async raw(
    method: string,
    path: string,
    body?: Body,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<HttpsResponse> {
    const response = await this.#exchange(method, path, body, headers)
    if (![200, 201, 204, 206, 302].includes(response.status)) {
      throw new DirectorRefused(response.status, response.body.toString('utf8'))
    }
    const { location } = response.headers
    if (response.status !== 302 || typeof location !== 'string') return response
    const { pathname, search } = new URL(location, urlOf(this.#address))
    return this.raw('GET', pathname + search)
  }

  /** Starts a task, shows it until its end, and gives what it left as its result. Throws where it did not succeed. */
  async task(
    method: string,
    path: string,
    body?: Body
  ): Promise<{ readonly id: number; readonly result: string }> {
    const started = parse(await this.raw(method, path, body))
    const id = at(started, 'id')
    if (typeof id !== 'number') throw new BoshError(`Expected a task in response to ${method} ${path}`)
    await this.follow(id, 'event', this.#reporter)
    const result = await this.raw('GET', `/tasks/${id}/output?type=result`)
    return { id, result: result.body.toString('utf8') }
  }

  /** Shows one of a task's logs until the task ends. Throws where it did not succeed. */
  async follow(id: number, log: string, reporter: TaskReporter): Promise<void> {
    reporter.started(id)
    let state = ''
    let offset = 0
    try {
      for (let pause = firstPollMillis; ; pause = Math.min(pause * 2, longestPollMillis)) {
        state = await attempt(
          'Getting task state',
          async () => textAt(await this.get(`/tasks/${id}`), 'state') ?? ''
        )
        // The output after the state: what a finished task has said is then complete.
        const chunk = await attempt('Getting task output', () => this.#outputFrom(id, log, offset))
        offset += chunk.length
        reporter.output(id, chunk.toString('utf8'))
        if (state === 'done') return
        if (!['queued', 'processing', 'cancelling'].includes(state)) break
        await sleep(pause)
      }
      throw new BoshError(`Expected task '${id}' to succeed but state is '${state}'`)
    } finally {
      reporter.finished(id, state)
    }
  }

  async #outputFrom(id: number, log: string, offset: number): Promise<Buffer> {
    try {
      const response = await this.raw('GET', `/tasks/${id}/output?type=${log}`, undefined, {
        range: `bytes=${offset}-`
      })
      return response.body
    } catch (thrown) {
      if (thrown instanceof DirectorRefused && thrown.status === 416) return Buffer.alloc(0)
      throw thrown
    }
  }

  async #exchange(
    method: string,
    path: string,
    body: Body | undefined,
    headers: Readonly<Record<string, string>>
  ): Promise<HttpsResponse> {
    const url = urlOf(this.#address) + path
    const once = async (anew: boolean): Promise<HttpsResponse> => {
      const authorization = await authorized(() => this.#authorize(anew), method, url)
      return sendPatiently(this.#send, this.#address, {
        method,
        url,
        headers: {
          ...headers,
          ...(authorization === undefined ? {} : { authorization }),
          ...(body === undefined ? {} : { 'content-type': body.type })
        },
        ...(body === undefined ? {} : { body: body.content })
      })
    }
    const response = await once(false)
    return response.status === 401 ? once(true) : response
  }
}

function parse(response: HttpsResponse): Value {
  try {
    const parsed: Value = JSON.parse(response.body.toString('utf8')) as Value
    return parsed
  } catch (thrown) {
    throw wrap(thrown, 'Unmarshaling Director response')
  }
}
