import type { Log } from '../../core/log.ts'
import type { Bosh } from '../../tools/bosh.ts'
import type { Credhub } from '../../tools/credhub.ts'
import { briefly } from './failures.ts'

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
      log.warn(`credentials of ${what} stay in CredHub: ${briefly(thrown)}`)
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

/** Removes what an earlier deployment of the same name left in CredHub, where this will be a fresh one. */
export async function removeBeforeFresh(options: {
  readonly bosh: Bosh
  readonly credhub: Credhub
  readonly director: string
  readonly deployment: string
  readonly log: Log
}): Promise<void> {
  const { bosh, deployment } = options
  const existing = await bosh.deployments()
  // One that failed half way is there, and its VMs know the credentials.
  if (existing.includes(deployment)) return
  await removeStaleCredentials({ ...options, gone: [deployment], isLastGone: existing.length === 0 })
}
