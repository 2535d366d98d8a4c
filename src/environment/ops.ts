import { UserError } from '../core/errors.ts'
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
    '40-silk-k8s-pre-start.yml'
  ]
}

/**
 * Values for our ops files of CFCR. SILK's client certificates are those of CF's cells, named by their full path: they
 * stay `((vars))`, which the Director resolves when it deploys.
 */
export function cfcrVars({ record, versions }: Environment): Record<string, string | number | boolean> {
  if (record.network.kind === 'flannel') return { ...record.cfcr.vars }
  const daemon = `/bosh-${record.name}/cf/silk_daemon`
  return {
    silk_network: record.network.overlay,
    silk_version: versions.repositories['silk-release'].version,
    silk_daemon_ca: `((${daemon}.ca))`,
    silk_daemon_certificate: `((${daemon}.certificate))`,
    silk_daemon_private_key: `((${daemon}.private_key))`,
    ...record.cfcr.vars
  }
}
