import { json, type Response } from '../../http/router.ts'
import { qualifiedPlural, type Kind } from './kinds.ts'

/** A request that the API server refuses, in the shape of its `Status` object. */
export class KubeRefused extends Error {
  readonly code: number
  readonly reason: string

  constructor(code: number, reason: string, message: string) {
    super(message)
    this.code = code
    this.reason = reason
  }

  get response(): Response {
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      code: this.code
    }
    return json(status, this.code)
  }
}

export function notFound(kind: Kind, name: string): KubeRefused {
  return new KubeRefused(404, 'NotFound', `${qualifiedPlural(kind)} "${name}" not found`)
}

export function invalid(message: string): KubeRefused {
  return new KubeRefused(422, 'Invalid', message)
}

export function badRequest(message: string): KubeRefused {
  return new KubeRefused(400, 'BadRequest', message)
}
