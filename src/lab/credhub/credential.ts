import type { Value, ValueMap } from '../../manifest/value.ts'

/** One version of a credential. */
export interface Credential {
  readonly id: string
  /** Absolute: `/bosh-lab/cf/nats_password`. */
  readonly name: string
  readonly type: string
  readonly value: Value
  readonly metadata: ValueMap | null
  /** ISO 8601, UTC, whole seconds. */
  readonly version_created_at: string
  /** What it was generated from; absent where its value was set. */
  readonly parameters?: ValueMap
}

/** CredHub refuses a request (credhub 2.12, src/main/resources/messages.properties for the words). */
export class CredhubError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'CredhubError'
    this.status = status
  }
}

export function missing(): CredhubError {
  return new CredhubError(
    404,
    'The request could not be completed because the credential does not exist or you do not have sufficient authorization.'
  )
}

/** Every name is absolute: CredHub puts the slash in front where it lacks. */
export function absolute(name: string): string {
  return name.startsWith('/') ? name : `/${name}`
}
