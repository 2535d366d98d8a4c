import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import { systemCodeOf, UserError } from '../core/errors.ts'
import { labPaths } from './paths.ts'

/** One line of JSON from a program to the supervisor. `sync` makes the service host what the cloud says is running. */
export type SupervisorRequest = { readonly kind: 'sync' } | { readonly kind: 'ping' }

/** One line of JSON back. */
export interface SupervisorAnswer {
  /** What went wrong, for people. */
  readonly error?: string
}

/**
 * Asks the lab's supervisor. Throws a UserError where nobody supervises the lab (the programs of a lab run only while
 * causeway does, so that nothing is left behind) and where the supervisor failed to do it.
 */
export async function askSupervisor(lab: string, request: SupervisorRequest): Promise<void> {
  const { supervisorSocket } = labPaths(lab)
  const { error } = await exchange(supervisorSocket, request).catch((thrown: unknown) => {
    const code = systemCodeOf(thrown)
    if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw thrown
    throw new UserError('usage', `${lab}: found no running lab, expected one that causeway has started`, {
      hint: 'start the work through causeway, e.g. causeway repave lab',
      cause: thrown
    })
  })
  if (error !== undefined) throw new UserError('program', `lab service: ${error}`)
}

async function exchange(path: string, request: SupervisorRequest): Promise<SupervisorAnswer> {
  const socket = createConnection(path)
  try {
    socket.write(`${JSON.stringify(request)}\n`)
    for await (const line of createInterface({ input: socket })) return JSON.parse(line) as SupervisorAnswer
  } finally {
    socket.destroy()
  }
  return { error: 'the supervisor hung up' }
}
