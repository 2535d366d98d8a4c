import { UserError } from '../core/errors.ts'
import type { Credhub } from '../tools/credhub.ts'
import type { Files } from '../tools/files.ts'
import { kubeconfigText } from '../tools/kubectl.ts'

/**
 * Writes a kubeconfig for the cluster that CFCR deployed, from CredHub's credentials, readable for its owner alone, and
 * gives its path. Same credentials as upstream's `set_kubeconfig`: `tls-kubernetes` and `kubo-admin-password`.
 */
export async function clusterOf(options: {
  readonly credhub: Credhub
  readonly files: Files
  /** `/<director>/<deployment>`. */
  readonly prefix: string
  readonly server: string
  readonly folder: string
}): Promise<string> {
  const { credhub, files, prefix, server, folder } = options
  const { ca } = await credhub.certificate(`${prefix}/tls-kubernetes`)
  const token = await credhub.password(`${prefix}/kubo-admin-password`)
  if (ca === undefined) {
    throw new UserError('program', `credhub: ${prefix}/tls-kubernetes: expected a certificate with its CA`)
  }
  const path = `${folder}/kubeconfig`
  await files.writeSecret(
    path,
    kubeconfigText('cfcr', { server, certificateAuthority: ca, user: 'admin', token })
  )
  return path
}
