import { textAt, type Value } from '../../../src/manifest/value.ts'
import { call, type Answer, type TestLab } from './running-lab.ts'

export interface FinishedTask {
  readonly id: number
  readonly state: string
  readonly result: string
  /** Events as `stage: task`, where a step began. */
  readonly steps: readonly string[]
  /** What the task says that went wrong. */
  readonly error: string
  readonly output: string
}

/** A client of a test lab's Director, for tests that look closer than a CLI shows. */
export class DirectorClient {
  readonly #lab: TestLab
  #token = ''

  constructor(lab: TestLab) {
    this.#lab = lab
  }

  async request(
    method: string,
    path: string,
    body?: string | Buffer,
    type = 'application/json',
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Answer> {
    if (this.#token === '') this.#token = await tokenOf(this.#lab, 'admin')
    return call(this.#lab, `https://${this.#lab.ip}:25555${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${this.#token}`, 'content-type': type },
      ...(body === undefined ? {} : { body })
    })
  }

  async get(path: string): Promise<Value> {
    return JSON.parse((await this.request('GET', path)).body) as Value
  }

  /** Asks for a task and waits for its end. */
  async task(method: string, path: string, body?: string | Buffer, type?: string): Promise<FinishedTask> {
    return this.wait(await this.begin(method, path, body, type))
  }

  /** Sends an archive and waits for the end of what becomes of it. */
  upload(path: string, archive: Buffer): Promise<FinishedTask> {
    return this.task('POST', path, archive, 'application/x-compressed')
  }

  /** Asks for a task; gives its number. */
  async begin(method: string, path: string, body?: string | Buffer, type?: string): Promise<number> {
    const { status, headers, body: text } = await this.request(method, path, body, type)
    const [, id] = /^\/tasks\/(\d+)$/.exec(String(headers['location'])) ?? []
    if (status !== 302 || id === undefined) throw new Error(`no task, but ${status}: ${text}`)
    return Number(id)
  }

  async wait(id: number): Promise<FinishedTask> {
    for (;;) {
      const task = await this.get(`/tasks/${id}`)
      const state = textAt(task, 'state') ?? ''
      if (['queued', 'processing', 'cancelling'].includes(state)) continue
      const events = (await this.request('GET', `/tasks/${id}/output?type=event`)).body
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as Value)
      const begun = events.filter(event => textAt(event, 'state') === 'started')
      return {
        id,
        state,
        result: textAt(task, 'result') ?? '',
        steps: begun.map(event => `${textAt(event, 'stage') ?? ''}: ${textAt(event, 'task') ?? ''}`),
        error: events.flatMap(event => textAt(event, 'error', 'message') ?? []).join('\n'),
        output: (await this.request('GET', `/tasks/${id}/output?type=result`)).body
      }
    }
  }
}

/** A token for a client of a test lab's UAA. */
export async function tokenOf(lab: TestLab, client: string): Promise<string> {
  const basic = Buffer.from(`${client}:${lab.secret}`).toString('base64')
  const { body } = await call(lab, `https://${lab.ip}:8443/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials'
  })
  return textAt(JSON.parse(body) as Value, 'access_token') ?? ''
}
