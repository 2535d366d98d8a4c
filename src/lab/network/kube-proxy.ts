import { createHash } from 'node:crypto'
import { textAt, wordAt } from '../../manifest/value.ts'
import { jobOf } from '../platform/jobs.ts'
import type { Machine, World } from '../platform/world.ts'
import type { Table, Tables } from './model.ts'
import { wireAddress } from './wire-address.ts'

/** One port of a service, and where it leads: `10.255.3.4:8080`. */
interface Portal {
  readonly address: string
  readonly port: number
  readonly nodePort?: number
  readonly endpoints: readonly string[]
}

const refuse = '-j REJECT --reject-with icmp-port-unreachable'

/**
 * The rules of kube-proxy in mode iptables, and kubelet's own (Kubernetes v1.17.9, pkg/proxy/iptables/proxier.go and
 * pkg/kubelet/kubelet_network_linux.go), on a worker with these jobs.
 */
export function kubeProxyRules(world: World, worker: Machine): Tables {
  const portals = portalsOf(world)
  const configuration = jobOf(worker.group, 'kube-proxy')?.properties
  const bit = markOf(wordAt(configuration, 'kube-proxy-configuration', 'iptables', 'masqueradeBit') ?? '14')
  const range = textAt(configuration, 'kube-proxy-configuration', 'clusterCIDR')
  const own = jobOf(worker.group, 'kubelet')?.properties
  const drop = markOf(wordAt(own, 'kubelet-configuration', 'iptablesDropBit') ?? '15')
  return { nat: natRules(portals, bit, range), filter: filterRules(portals, bit, drop) }
}

/** Services with their ready pods; the Kubernetes API's leads to the masters. */
function portalsOf(world: World): readonly Portal[] {
  const { kubernetesApi } = world
  const masters = world.machines.filter(({ group }) => jobOf(group, 'kube-apiserver') !== undefined)
  const ofPods = world
    .services()
    .filter(({ address, port }) => address !== kubernetesApi?.address || port !== kubernetesApi.port)
    .map(({ address, port, nodePort, targetPort, backends }): Portal => ({
      address,
      port,
      endpoints: world.containers.flatMap(container =>
        backends.includes(container.id) ? [`${container.address}:${targetPort}`] : []
      ),
      ...(nodePort === undefined ? {} : { nodePort })
    }))
  if (kubernetesApi === undefined) return ofPods
  return [
    ...ofPods,
    {
      ...kubernetesApi,
      endpoints: masters.map(master => `${wireAddress(master.address)}:${apiPort(master)}`)
    }
  ]
}

/** Where kube-apiserver listens on a master. */
export function apiPort({ group }: Machine): number {
  return Number(wordAt(jobOf(group, 'kube-apiserver')?.properties, 'k8s-args', 'secure-port') ?? '8443')
}

function natRules(portals: readonly Portal[], bit: string, range: string | undefined): Table {
  const reached = portals.filter(({ endpoints }) => endpoints.length > 0)
  return {
    chains: {
      'KUBE-MARK-MASQ': [`-j MARK --set-xmark ${bit}`],
      'KUBE-POSTROUTING': [
        `-m mark ! --mark ${bit} -j RETURN`,
        `-j MARK --xor-mark ${bit.split('/')[0] ?? ''}`,
        '-j MASQUERADE'
      ],
      'KUBE-NODEPORTS': reached.flatMap(portal =>
        portal.nodePort === undefined
          ? []
          : [
              `-p tcp -m tcp --dport ${portal.nodePort} -j KUBE-MARK-MASQ`,
              `-p tcp -m tcp --dport ${portal.nodePort} -j ${chainOf(portal)}`
            ]
      ),
      'KUBE-SERVICES': [
        ...reached.flatMap(portal => {
          const to = `-d ${portal.address}/32 -p tcp -m tcp --dport ${portal.port}`
          const strangers = range === undefined ? [] : [`! -s ${range} ${to} -j KUBE-MARK-MASQ`]
          return [...strangers, `${to} -j ${chainOf(portal)}`]
        }),
        '-m addrtype --dst-type LOCAL -j KUBE-NODEPORTS'
      ],
      ...Object.fromEntries(reached.map(portal => [chainOf(portal), choices(portal)])),
      ...Object.fromEntries(
        reached.flatMap(portal =>
          portal.endpoints.map(endpoint => [
            chainOf(portal, endpoint),
            [
              `-s ${endpoint.replace(/:.*/, '')}/32 -j KUBE-MARK-MASQ`,
              `-p tcp -m tcp -j DNAT --to-destination ${endpoint}`
            ]
          ])
        )
      )
    },
    jumps: [
      '-I PREROUTING 1 -j KUBE-SERVICES',
      '-I OUTPUT 1 -j KUBE-SERVICES',
      '-I POSTROUTING 1 -j KUBE-POSTROUTING'
    ]
  }
}

/** One of the endpoints, each as likely as the others. */
function choices(portal: Portal): string[] {
  const { endpoints } = portal
  return endpoints.map((endpoint, index) => {
    const left = endpoints.length - index
    const chance = left === 1 ? '' : `-m statistic --mode random --probability ${(1 / left).toFixed(11)} `
    return `${chance}-j ${chainOf(portal, endpoint)}`
  })
}

function filterRules(portals: readonly Portal[], bit: string, drop: string): Table {
  const empty = portals.filter(({ endpoints }) => endpoints.length === 0)
  return {
    chains: {
      'KUBE-SERVICES': empty.map(
        ({ address, port }) => `-d ${address}/32 -p tcp -m tcp --dport ${port} ${refuse}`
      ),
      'KUBE-EXTERNAL-SERVICES': empty.flatMap(({ nodePort }) =>
        nodePort === undefined
          ? []
          : [`-p tcp -m addrtype --dst-type LOCAL -m tcp --dport ${nodePort} ${refuse}`]
      ),
      'KUBE-FORWARD': ['-m conntrack --ctstate INVALID -j DROP', `-m mark --mark ${bit} -j ACCEPT`],
      'KUBE-FIREWALL': [`-m mark --mark ${drop} -j DROP`]
    },
    jumps: [
      '-I INPUT 1 -m conntrack --ctstate NEW -j KUBE-EXTERNAL-SERVICES',
      '-I FORWARD 1 -m conntrack --ctstate NEW -j KUBE-SERVICES',
      '-I FORWARD 1 -j KUBE-FORWARD',
      '-I OUTPUT 1 -m conntrack --ctstate NEW -j KUBE-SERVICES',
      '-I INPUT 1 -j KUBE-FIREWALL',
      '-I OUTPUT 1 -j KUBE-FIREWALL'
    ]
  }
}

function chainOf({ address, port }: Portal, endpoint?: string): string {
  const of = createHash('sha256')
    .update([address, port, endpoint ?? ''].join())
    .digest('hex')
  return `KUBE-${endpoint === undefined ? 'SVC' : 'SEP'}-${of.slice(0, 16).toUpperCase()}`
}

/** Bit 14 → `0x4000/0x4000`. */
function markOf(bit: string): string {
  const mark = `0x${(2 ** Number(bit)).toString(16)}`
  return `${mark}/${mark}`
}
