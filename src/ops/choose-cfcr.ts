import { FindingsError } from '../core/finding.ts'
import type { CfcrShape } from './cfcr-shape.ts'
import { isAtLeast } from '../core/version.ts'

/** An ops file of ours that applies, by its name in its folder of `ops/`. */
export interface ChosenOps {
  readonly file: string
  /** What of the manifest, or of the wishes, asks for it. */
  readonly why: string
}

/** What an environment says of SILK on CFCR. Versions have no `v`. */
export interface CfcrWishes {
  /** Version of silk-release on masters and workers; CF's may be another. */
  readonly silk: string
  /** Version of the customized release, `0.44.0+silk.1`; the Director has to have it. */
  readonly kubo: string
  readonly podIp: 'rescope' | 'nsenter-wrapper'
  /** Whether silk-controller's link is shared by a deployment named cf, or written down. */
  readonly link: 'shared' | 'by-hand'
  /** SILK's network, and the prefix length of a machine's part of it: both as silk-controller has them. */
  readonly overlay: string
  readonly subnetPrefix: number
  /** Full path in CredHub of the certificate that silk-daemon presents. */
  readonly silkDaemon: string
}

/** An ops file of kubo-deployment for manifests that bring bosh-dns, which bbl's runtime config has already. */
export const withoutOwnDns = 'manifests/ops-files/use-runtime-config-bosh-dns.yml'

/** Our ops files for this manifest, in order. Throws a FindingsError where its SILK can't be had. */
export function chooseCfcrOps(
  shape: CfcrShape,
  { silk, kubo, link }: Pick<CfcrWishes, 'silk' | 'kubo' | 'link'>
): readonly ChosenOps[] {
  refuseOldSilk(silk)
  const chosen: (ChosenOps | false)[] = [
    { file: '10-remove-flannel.yml', why: 'flanneld on masters and workers, docker with flannel: true' },
    shape.etcdKnowsFlannel && { file: '12-remove-flannel-from-etcd.yml', why: 'etcd has a user flanneld' },
    ...flags(shape, kubo),
    { file: '30-add-silk.yml', why: `silk ${silk}` },
    !shape.workersHaveBpm && { file: '31-bpm-on-workers.yml', why: 'no bpm on workers' },
    isAtLeast(silk, '3.2.0') && {
      file: '32-iptables-for-silk-daemon.yml',
      why: `silk-daemon of silk ${silk} takes a link iptables`
    },
    { file: '60-silk-k8s.yml', why: `customized release ${kubo}` },
    takesOneFolder(shape, kubo) && {
      file: '62-fixed-kubelet-folders.yml',
      why: `kubelet of CFCR ${kubo} takes one folder of plugins`
    },
    link === 'by-hand' && { file: '70-network-by-hand.yml', why: 'no link cf_network is shared' }
  ]
  return chosen.filter(ops => ops !== false)
}

function flags(shape: CfcrShape, kubo: string): readonly (ChosenOps | false)[] {
  if (shape.flagsBy === 'configuration') {
    return [
      { file: '20-kubelet-and-kube-proxy.yml', why: 'kube-proxy has a kube-proxy-configuration' },
      { file: '21-kubelet-folders.yml', why: 'kubelet has k8s-args' }
    ]
  }
  return [
    {
      file: '24-kubelet-and-kube-proxy-by-property.yml',
      why: 'kube-proxy has no configuration of its own'
    },
    !takesOneFolder(shape, kubo) && {
      file: '25-kubelet-folders-by-property.yml',
      why: 'kubelet has no k8s-args'
    }
  ]
}

/** Kubernetes 1.11, with kubo-release v0.20.0, was the first whose kubelet takes a list of folders (kubernetes#58714). */
function takesOneFolder(shape: CfcrShape, kubo: string): boolean {
  return shape.flagsBy === 'properties' && !isAtLeast(kubo, '0.20.0')
}

/** silk-release 2.11.0: link vpa of type policy-agent on silk-daemon and silk-cni. */
function refuseOldSilk(silk: string): void {
  if (isAtLeast(silk, '2.11.0')) return
  const message = `found silk ${silk}, expected 2.11.0 or later`
  throw new FindingsError([{ code: 'cannot-be-had', severity: 'error', path: 'silk', message }])
}
