/** From the supervisor to the service. */
export interface ServiceRequest {
  readonly kind: 'sync'
}

/** From the service to the supervisor, one for each request. */
export interface ServiceAnswer {
  /** Whether it hosts anything now. If not, it may go. */
  readonly hosts: boolean
  readonly error?: string
}
