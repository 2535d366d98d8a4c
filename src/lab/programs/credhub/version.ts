import type { ProgramEdge } from '../common/program.ts'
import { createClient } from './client.ts'
import { CredhubError } from './credhub-error.ts'

/** Version of the CredHub that is targeted; undefined where none is, or where it does not answer. */
export async function serverVersion(edge: ProgramEdge): Promise<string | undefined> {
  try {
    return await (await createClient(edge)).serverVersion()
  } catch (thrown) {
    if (thrown instanceof CredhubError) return undefined
    throw thrown
  }
}
