import { messageOf } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Credhub } from '../../tools/credhub.ts'

/**
 * Removes credentials of deployments that are gone. The Director never does (bosh#2045): a later deployment of the same
 * name would take over old passwords, and certificates of a foreign or expired CA. Those of bosh-dns stand outside of any
 * deployment's path; they go where no deployment is left. What can't be removed is told, and no failure.
 */
export async function removeStaleCredentials(options: {
  readonly credhub: Credhub
  /** The Director's name. */
  readonly director: string
  readonly gone: readonly string[]
  readonly isLastGone: boolean
  readonly log: Log
}): Promise<void> {
  const { credhub, director, gone, isLastGone, log } = options
  const tried = async (what: string, work: () => Promise<void>): Promise<void> => {
    await work().catch((thrown: unknown) => {
      log.warn(`credentials of ${what} stay in CredHub: ${messageOf(thrown).split('\n', 1)[0] ?? ''}`)
    })
  }
  for (const deployment of gone) {
    const path = `/${director}/${deployment}`
    await tried(path, async () => {
      if ((await credhub.find(path)).length > 0) await credhub.deletePath(path)
    })
  }
  if (!isLastGone) return
  await tried('bosh-dns', async () => {
    const names = (await credhub.find('/')).filter(name => name.startsWith('/dns_'))
    for (const name of names) await credhub.delete(name)
  })
}
