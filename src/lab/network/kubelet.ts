import { wordAt } from '../../manifest/value.ts'
import { nthOf } from '../cloud/ip.ts'
import { jobOf } from '../platform/jobs.ts'
import type { Machine, Placed } from '../platform/world.ts'
import type { Task } from './model.ts'
import { jobFolder, rootOf, settingsOf } from './silk-k8s-job.ts'

/** Where kubelet on a host keeps what the network plugin said of a pod. */
export function answerFile(host: string, container: string): string {
  return `${rootOf(host)}/run/kubelet/${container}.json`
}

/**
 * kubelet's calls of the network plugin for a pod (Kubernetes v1.17.9, pkg/kubelet/dockershim/network/cni): ADD and, at the
 * end, DEL. The plugin is the shipped one where the machine has the job silk-k8s, else silk-cni itself. host-local takes
 * addresses in turn, so that what it gave out last decides which one the pod gets: the one that the lab's world says.
 */
export function podTask(pod: Placed, container: string, host: string, overlay: string): Task {
  const { machine, address, id } = pod
  const settings = settingsOf(machine, host, overlay)
  const hasJob = jobOf(machine.group, 'silk-k8s') !== undefined
  const plugin = hasJob ? `${jobFolder(host)}/bin/silk-k8s` : settings['SILK_CNI']
  const [, namespace, name] = id.split('/')
  const ipam = `${settings['DATA_DIR'] ?? ''}/ipam/silk`
  const call = (command: string): string =>
    [
      `CNI_COMMAND=${command} CNI_CONTAINERID=${container} CNI_NETNS=/run/netns/${container} CNI_IFNAME=eth0`,
      `CNI_PATH=${rootOf(host)}/var/vcap/packages/silk-cni/bin`,
      `CNI_ARGS='IgnoreUnknown=1;K8S_POD_NAMESPACE=${namespace ?? ''};K8S_POD_NAME=${name ?? ''};K8S_POD_INFRA_CONTAINER_ID=${container}'`,
      `${plugin ?? ''} >${answerFile(host, container)} 2>${answerFile(host, container)}.log <<'CONF' || :\n${confOf(machine, settings, host, hasJob)}\nCONF`
    ].join(' \\\n')
  return {
    id: `${container} ${address}`,
    start: [
      `mkdir -p ${ipam} ${rootOf(host)}/run/kubelet`,
      `[ -e ${ipam}/${address} ] || printf %s ${nthOf(`${address}/32`, -1)} >${ipam}/last_reserved_ip.0`,
      call('ADD')
    ].join('\n'),
    stop: call('DEL')
  }
}

/** What silk-daemon would answer on its port, in the form of the file that silk-cni takes in its place. */
export function leaseTask({ lease }: Machine, host: string, overlay: string, mtu: number): Task[] {
  if (lease === undefined) return []
  const answer = `FLANNEL_NETWORK=${overlay}\nFLANNEL_SUBNET=${lease.subnet}\nFLANNEL_MTU=${mtu}\n`
  return [
    {
      id: `lease ${answer}`,
      start: `mkdir -p ${rootOf(host)}/run\ncat >${leaseFile(host)} <<'LEASE'\n${answer}LEASE`,
      stop: `rm -f ${leaseFile(host)}`
    }
  ]
}

function leaseFile(host: string): string {
  return `${rootOf(host)}/run/lease.env`
}

/** The first plugin of the job's configuration, with what libcni adds to it, and with the lease as a file. */
function confOf(
  { group }: Machine,
  settings: Readonly<Record<string, string>>,
  host: string,
  hasJob: boolean
): string {
  const properties = jobOf(group, 'silk-k8s')?.properties
  return JSON.stringify({
    cniVersion: wordAt(properties, 'cni_version') ?? '0.3.1',
    name: 'silk',
    type: hasJob ? 'silk-k8s' : 'silk-cni',
    daemonPort: Number(wordAt(properties, 'daemon_port') ?? '23954'),
    dataDir: settings['DATA_DIR'],
    datastore: settings['SILK_STORE'],
    subnetFile: leaseFile(host),
    mtu: Number(wordAt(properties, 'mtu') ?? '0')
  })
}
