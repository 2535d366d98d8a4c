import { UserError } from '../core/errors.ts'
import { directorName } from './director-name.ts'
import type { Environment } from './environment.ts'
import type { EnvironmentRecord } from './record.ts'

/** Our ops files for cf-deployment, by their names in `ops/cf/`, in order. */
export function cfOps({ network }: EnvironmentRecord): string[] {
  return network.kind === 'silk' ? ['10-share-cf-network.yml'] : []
}

/** Our ops files for CFCR, by their names in `ops/cfcr/`, in order. */
export function cfcrOps({ name, network, pod_ip }: EnvironmentRecord): string[] {
  if (network.kind === 'flannel') return []
  if (pod_ip !== 'rescope') {
    throw new UserError(
      'findings',
      `env/${name}.yml: pod_ip: found ${pod_ip}, expected rescope, which is all there is yet`,
      {
        hint: 'see docs/adr/0005-silk-for-kubelet-by-a-pre-start-script.md'
      }
    )
  }
  return [
    '10-remove-flannel.yml',
    '20-kubelet-and-kube-proxy.yml',
    '30-add-silk.yml',
    '31-bpm-on-workers.yml',
    '40-silk-controller-alias.yml',
    '50-silk-k8s-pre-start.yml'
  ]
}

const withoutOwnDns = 'manifests/ops-files/use-runtime-config-bosh-dns.yml'

/**
 * Upstream's ops files for CFCR, by their paths there: those of the record, after the one that its version needs. Up to v0.24
 * CFCR brings bosh-dns as an addon of its own, which the runtime config of bbl has already (kubo-deployment v0.24.0,
 * manifests/cfcr.yml).
 */
export function cfcrUpstreamOps({ record, versions }: Environment): string[] {
  const [, major = '', minor = ''] =
    /^v?(\d+)\.(\d+)/.exec(versions.repositories['kubo-deployment'].version) ?? []
  const bringsDns = major === '0' && Number(minor) <= 24
  const first = bringsDns && !record.cfcr.ops.includes(withoutOwnDns) ? [withoutOwnDns] : []
  return [...first, ...record.cfcr.ops]
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
