import type { Value } from '../../../src/manifest/value.ts'
import { tokenOf } from '../director/client.ts'
import { call, type TestLab } from '../director/running-lab.ts'

export interface CredhubAnswer {
  readonly status: number
  readonly body: Value
}

/** A client of a test lab's CredHub, for tests that look closer than a CLI shows. */
export class CredhubClient {
  readonly #lab: TestLab
  #token = ''

  constructor(lab: TestLab) {
    this.#lab = lab
  }

  async request(method: string, path: string, body?: Value): Promise<CredhubAnswer> {
    if (this.#token === '') this.#token = await tokenOf(this.#lab, 'credhub-admin')
    return this.requestAs(`Bearer ${this.#token}`, method, path, body)
  }

  async requestAs(authorization: string, method: string, path: string, body?: Value): Promise<CredhubAnswer> {
    const answer = await call(this.#lab, `https://${this.#lab.ip}:8844${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    return { status: answer.status, body: answer.body === '' ? null : (JSON.parse(answer.body) as Value) }
  }

  /** What is made or found. */
  async made(method: string, path: string, body?: Value): Promise<Value> {
    const answer = await this.request(method, path, body)
    if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
}
