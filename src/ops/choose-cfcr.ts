import { FindingsError } from '../core/finding.ts'
import type { CfcrShape } from './cfcr-shape.ts'
import { isAtLeast } from './version.ts'

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
  /**
   * The customized release with our job; where it is absent, a script does the job's work as far as it can
   * (docs/adr/0005-silk-for-kubelet-by-a-pre-start-script.md).
   */
  readonly kubo?: { readonly version: string; readonly url?: string }
  readonly podIp: 'rescope' | 'nsenter-wrapper'
  /** Whether silk-controller's link is shared by a deployment named cf, or written down. */
  readonly link: 'shared' | 'by-hand'
}

/** An ops file of kubo-deployment for manifests that bring bosh-dns, which bbl's runtime config has already. */
export const withoutOwnDns = 'manifests/ops-files/use-runtime-config-bosh-dns.yml'

/** Our ops files for this manifest, in order. Throws a FindingsError where what is wished can't be had. */
export function chooseCfcrOps(shape: CfcrShape, wishes: CfcrWishes): readonly ChosenOps[] {
  const { silk, kubo, link } = wishes
  refuse(shape, wishes)
  const configured = shape.flagsBy === 'configuration'
  const chosen: (ChosenOps | false)[] = [
    { file: '10-remove-flannel.yml', why: 'flanneld on masters and workers, docker with flannel: true' },
    shape.etcdKnowsFlannel && { file: '12-remove-flannel-from-etcd.yml', why: 'etcd has a user flanneld' },
    configured
      ? { file: '20-kubelet-and-kube-proxy.yml', why: 'kube-proxy has a kube-proxy-configuration' }
      : {
          file: '24-kubelet-and-kube-proxy-by-property.yml',
          why: 'kube-proxy has no configuration of its own'
        },
    ...folders(shape, kubo?.version),
    { file: '30-add-silk.yml', why: `silk ${silk}` },
    !shape.workersHaveBpm && { file: '31-bpm-on-workers.yml', why: 'no bpm on workers' },
    isAtLeast(silk, '3.2.0') && {
      file: '32-iptables-for-silk-daemon.yml',
      why: `silk-daemon of silk ${silk} takes a link iptables`
    },
    ...(kubo === undefined
      ? [
          { file: '40-silk-controller-alias.yml', why: 'no customized release, whose job has the aliases' },
          { file: '50-silk-k8s-pre-start.yml', why: 'no customized release, whose job has the plugin' }
        ]
      : [
          { file: '60-silk-k8s.yml', why: `customized release ${kubo.version}` },
          kubo.url !== undefined && { file: '61-release-by-url.yml', why: 'the release has a URL' },
          takesOneFolder(shape, kubo.version) && {
            file: '62-fixed-kubelet-folders.yml',
            why: `kubelet of CFCR ${kubo.version} takes one folder of plugins`
          }
        ]),
    link === 'by-hand' && { file: '70-network-by-hand.yml', why: 'no link cf_network is shared' }
  ]
  return chosen.filter(ops => ops !== false)
}

function folders(shape: CfcrShape, kubo: string | undefined): readonly ChosenOps[] {
  if (kubo === undefined) return []
  if (shape.flagsBy === 'configuration') {
    return [{ file: '21-kubelet-folders.yml', why: 'kubelet has k8s-args' }]
  }
  return takesOneFolder(shape, kubo)
    ? []
    : [{ file: '25-kubelet-folders-by-property.yml', why: 'kubelet has no k8s-args' }]
}

/** Kubernetes 1.11, with kubo-release v0.20.0, was the first whose kubelet takes a list of folders (kubernetes#58714). */
function takesOneFolder(shape: CfcrShape, kubo: string): boolean {
  return shape.flagsBy === 'properties' && !isAtLeast(kubo, '0.20.0')
}

function refuse(shape: CfcrShape, { silk, kubo, podIp, link }: CfcrWishes): void {
  const reasons: (readonly [boolean, string, string, string])[] = [
    // silk-release 2.11.0: link vpa of type policy-agent on silk-daemon and silk-cni.
    [!isAtLeast(silk, '2.11.0'), 'silk', `silk ${silk}`, '2.11.0 or later'],
    [
      kubo === undefined && shape.flagsBy === 'properties',
      'kubo-release',
      "upstream's release, whose kubelet and kube-proxy know Flannel's values alone",
      'the customized release'
    ],
    [
      kubo === undefined && isAtLeast(silk, '3.27.0'),
      'silk',
      `silk ${silk}, whose silk-cni speaks CNI 1.0.0 alone`,
      '3.26.0 or earlier, or the customized release, whose plugin translates'
    ],
    [kubo === undefined && podIp !== 'rescope', 'pod_ip', podIp, 'rescope, or the customized release'],
    [kubo === undefined && link !== 'shared', 'link', link, 'shared, or the customized release']
  ]
  const findings = reasons
    .filter(([applies]) => applies)
    .map(([, path, found, expected]) => ({
      code: 'cannot-be-had',
      severity: 'error' as const,
      path,
      message: `found ${found}, expected ${expected}`
    }))
  if (findings.length > 0) throw new FindingsError(findings)
}
