import { json, type Response } from '../../http/router.ts'

/** A request that the Cloud Controller refuses (capi-release, errors/v2.yml). */
export class CfRefused extends Error {
  readonly status: number
  readonly code: number
  readonly title: string

  constructor(status: number, code: number, title: string, detail: string) {
    super(detail)
    this.status = status
    this.code = code
    this.title = title
  }

  get response(): Response {
    return json({ errors: [{ code: this.code, title: this.title, detail: this.message }] }, this.status)
  }
}

export function notFound(what: string): CfRefused {
  return new CfRefused(404, 10_010, 'CF-ResourceNotFound', `${what} not found`)
}

export function unprocessable(detail: string): CfRefused {
  return new CfRefused(422, 10_008, 'CF-UnprocessableEntity', detail)
}
