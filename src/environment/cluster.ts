import { UserError } from '../core/errors.ts'
import type { Credhub } from '../tools/credhub.ts'
import type { Files } from '../tools/files.ts'
import { kubeconfigText } from '../tools/kubectl.ts'

/**
 * Writes a kubeconfig for the cluster that CFCR deployed, from CredHub's credentials, readable for its owner alone, and
 * gives its path. Credentials and names are those of upstream's `set_kubeconfig` (kubo-deployment v0.44.0): `tls-kubernetes` and
 * `kubo-admin-password`; the cluster `cfcr/<director>/<deployment>`, and its user, so that clusters can lie in one file.
 */
export async function clusterOf(options: {
  readonly credhub: Pick<Credhub, 'password' | 'certificate'>
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
  const cluster = `cfcr${prefix}`
  await files.writeSecret(
    path,
    kubeconfigText(cluster, { server, certificateAuthority: ca, user: `${cluster}/cfcr-admin`, token })
  )
  return path
}
