import { UserError } from '../core/errors.ts'
import { directorName } from './director-name.ts'
import type { Environment } from './environment.ts'
import type { EnvironmentRecord } from './record.ts'

/** Refuses what CFCR can't have without the customized release, before anything is taken down for it. */
export function guardPodIp({ name, pod_ip }: EnvironmentRecord): void {
  if (pod_ip === 'rescope') return
  throw new UserError(
    'findings',
    `env/${name}.yml: pod_ip: found ${pod_ip}, expected rescope, which is all there is yet`,
    { hint: 'see docs/adr/0005-silk-for-kubelet-by-a-pre-start-script.md' }
  )
}

/** Values for our ops files of CFCR that a pipeline can say. */
export function cfcrVars({ record, versions }: Environment): Record<string, string | number | boolean> {
  if (record.network.kind === 'flannel') return { ...record.cfcr.vars }
  return {
    silk_network: record.network.overlay,
    // Some tags of silk-release bear a v; its versions on bosh.io never do.
    silk_version: versions.repositories['silk-release'].version.replace(/^v/, ''),
    ...record.cfcr.vars
  }
}

/** Full path in CredHub of the certificate that CF's cells present to silk-controller, and our workers too. */
export function silkDaemonCredential({ name, iaas }: EnvironmentRecord): string {
  return `/${directorName(name, iaas)}/cf/silk_daemon`
}

/**
 * Values for our ops files that name this certificate as BOSH does, `((path.ca))`, for the Director to resolve. A task
 * makes them: in a pipeline Concourse would take them for vars of its own.
 */
export function silkDaemonVars(path: string): Record<string, string> {
  return {
    silk_daemon_ca: `((${path}.ca))`,
    silk_daemon_certificate: `((${path}.certificate))`,
    silk_daemon_private_key: `((${path}.private_key))`
  }
}
