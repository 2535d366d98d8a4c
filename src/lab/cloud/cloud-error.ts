/** Why the cloud refused: there is no such resource, another one needs it, or an address is taken. */
export type CloudErrorCode = 'not-found' | 'in-use' | 'conflict' | 'out-of-range'

/** The cloud refused an operation. The words are those of an IaaS, for whoever called it to wrap. */
export class CloudError extends Error {
  readonly code: CloudErrorCode

  constructor(code: CloudErrorCode, message: string) {
    super(message)
    this.name = 'CloudError'
    this.code = code
  }
}
