import { UserError } from '../core/errors.ts'

/** Why an upstream could not be asked, or its answer not be used. A stable word for tests, reports and exit codes. */
export type NoAnswer =
  /** There is no such thing, or this token may not see it. */
  | 'absent'
  /** The token is not known any more. */
  | 'token-refused'
  | 'forbidden'
  | 'rate-limited'
  /** We stopped before the limit, to leave others something of it. */
  | 'reserve-reached'
  | 'server-error'
  /** No JSON, half of one, or not the JSON that was expected. */
  | 'malformed'
  | 'redirect-loop'
  | 'tls'
  | 'network'
  | 'too-slow'

export interface NoAnswerOptions {
  readonly hint: string
  /** When asking again makes sense, where the upstream said so. */
  readonly until?: Date | undefined
}

/** One upstream gave no answer. Others may still do; thrown on its own it ends in exit code 4. */
export class UpstreamError extends UserError {
  readonly reason: NoAnswer
  readonly until: Date | undefined

  constructor(reason: NoAnswer, message: string, { hint, until }: NoAnswerOptions) {
    super('program', message, { hint })
    this.name = 'UpstreamError'
    this.reason = reason
    this.until = until
  }
}
