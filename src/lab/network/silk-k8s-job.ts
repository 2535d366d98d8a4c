import { textAt, wordAt } from '../../manifest/value.ts'
import { prefixOf } from '../platform/addresses.ts'
import { jobOf } from '../platform/jobs.ts'
import type { Machine } from '../platform/world.ts'
import type { Task } from './model.ts'

/** Where the programs come from that the lab's hosts run. */
export interface Sources {
  /** The job's templates: `release/jobs/silk-k8s/templates` of this repository. */
  readonly job: string
  /** Folder with silk-cni and host-local. */
  readonly silkCni: string
}

/** The folder that holds what a host has below `/`; it is in memory, and nobody's but the lab's. */
export function rootOf(host: string): string {
  return `/run/hosts/${host}`
}

/** Where the job lies on a host. */
export function jobFolder(host: string): string {
  return `${rootOf(host)}/var/vcap/jobs/silk-k8s`
}

/** Puts the packages of silk-cni and of CFCR's plugins onto a host with a kubelet. */
export function packagesTask({ group }: Machine, host: string, sources: Sources): Task[] {
  if (jobOf(group, 'kubelet') === undefined) return []
  const packages = `${rootOf(host)}/var/vcap/packages`
  return [
    {
      id: 'packages',
      start: [
        `mkdir -p ${packages}/silk-cni ${packages}/cni/bin`,
        `ln -s '${sources.silkCni}' ${packages}/silk-cni/bin`,
        `cp "$(command -v nsenter)" ${packages}/cni/bin/nsenter`
      ].join('\n'),
      stop: `rm -rf ${rootOf(host)}`
    }
  ]
}

/**
 * Puts the shipped job onto a host, runs its pre-start, as the BOSH agent does, and starts its reconciler, as monit does.
 */
export function silkK8sTask(machine: Machine, host: string, overlay: string, sources: Sources): Task[] {
  if (jobOf(machine.group, 'silk-k8s') === undefined) return []
  const folder = jobFolder(host)
  const settings = Object.entries(settingsOf(machine, host, overlay))
    .map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('')
  const ctl = `${folder}/bin/silk-k8s_ctl`
  return [
    {
      id: `silk-k8s ${settings}`,
      start: [
        `mkdir -p ${folder}/config`,
        `cp -R '${sources.job}/bin' '${sources.job}/lib' ${folder}`,
        `cat >${folder}/config/settings.sh <<'SETTINGS'\n${settings}SETTINGS`,
        `${folder}/bin/pre-start`,
        `${ctl} start &`
      ].join('\n'),
      stop: `${ctl} stop || :\nrm -rf ${folder}`
    }
  ]
}

/** Waits until the reconciler has looked once, so that whoever asks then asks a host as it is most of the time. */
export function reconciledTask({ group, lease }: Machine): Task[] {
  const properties = jobOf(group, 'silk-k8s')?.properties
  if (properties === undefined || lease === undefined) return []
  const looked =
    wordAt(properties, 'kubelet') === 'false'
      ? 'ip -o address show dev silk-vtep scope global | grep -q .'
      : 'iptables -w -t nat -S POSTROUTING | grep -q silk-k8s'
  return [
    {
      id: 'reconciled',
      start: [
        'tries=0',
        `until ${looked}; do`,
        '  tries=$((tries + 1))',
        '  if [ "$tries" -gt 500 ]; then echo "silk-k8s: its reconciler has not looked once in 10 s" >&2; exit 1; fi',
        '  sleep 0.02',
        'done'
      ].join('\n')
    }
  ]
}

/** What the job's template config/settings.sh.erb renders, with each folder below the host's own root. */
export function settingsOf(
  { group, lease }: Machine,
  host: string,
  overlay: string
): Readonly<Record<string, string>> {
  const properties = jobOf(group, 'silk-k8s')?.properties
  const root = rootOf(host)
  const own = (key: string, standard: string): string => wordAt(properties, key) ?? standard
  return {
    SILK_CNI: `${root}${own('silk_cni', '/var/vcap/packages/silk-cni/bin/silk-cni')}`,
    POD_IP: own('pod_ip', 'rescope'),
    KUBELET: own('kubelet', 'true'),
    FIXED_KUBELET_FOLDERS: own('fixed_kubelet_folders', 'false'),
    OVERLAY: overlay,
    LEASE_PREFIX: String(prefixOf(lease?.subnet ?? overlay)),
    RECONCILE_SECONDS: own('reconcile_seconds', '5'),
    FLANNEL_NETWORK: textAt(properties, 'flannel_network') ?? '10.200.0.0/16',
    NETNS_DIR: `${root}/run/silk-k8s/netns`,
    DATA_DIR: `${root}/var/vcap/data/host-local`,
    SILK_STORE: `${root}/var/vcap/data/silk/store.json`,
    METADATA_STORE: `${root}/var/vcap/data/container-metadata/store.json`,
    CNI_BIN: `${root}/var/vcap/packages/cni/bin`,
    ETC_CNI: `${root}/etc/cni/net.d`,
    FLANNEL_RUN: `${root}/run/flannel`,
    RUN_DIR: `${root}/var/vcap/sys/run/silk-k8s`,
    LOG_DIR: `${root}/var/vcap/sys/log`
  }
}
