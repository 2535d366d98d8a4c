import { textsAt } from '../../manifest/value.ts'
import { jobOf } from '../platform/jobs.ts'
import type { Machine, Placed, Policy, World } from '../platform/world.ts'
import type { Tables } from './model.ts'

const established = '-m state --state RELATED,ESTABLISHED -j ACCEPT'
const reject = '-j REJECT --reject-with icmp-port-unreachable'
/** What gorouter's packets bear where cells let it in over the overlay. */
const ingressTag = '0xffff0000'
/** The ranges of cf-deployment's security group public_networks: what is nobody's private network. */
const publicRanges = [
  '0.0.0.0-9.255.255.255',
  '11.0.0.0-169.253.255.255',
  '169.255.0.0-172.15.255.255',
  '172.32.0.0-192.167.255.255',
  '192.169.0.0-255.255.255.255'
]

/**
 * The rules of a Diego cell (silk-release 3.53.0, cni-wrapper-plugin/netrules and lib/rules): the policy agent's chain first,
 * then three chains for each container. They reject what comes to a container, and what leaves it by the underlay.
 */
export function cellRules(world: World, cell: Machine, containers: readonly Placed[]): Tables {
  const own = containers.map(container => chainsOf(container, cell))
  return {
    filter: {
      chains: {
        'vpa--policies': policyRules(world, cell, containers),
        ...Object.fromEntries(own.flatMap(({ chains }) => Object.entries(chains)))
      },
      jumps: ['-I FORWARD 1 -j vpa--policies', ...own.flatMap(({ jumps }) => jumps)]
    },
    nat: {
      chains: {},
      jumps: containers.map(
        ({ address }) =>
          `-A POSTROUTING -s ${address}/32${world.overlay === undefined ? '' : ` ! -d ${world.overlay}`} ! -o silk-vtep -j MASQUERADE`
      )
    }
  }
}

interface Chains {
  readonly chains: Readonly<Record<string, readonly string[]>>
  readonly jumps: readonly string[]
}

function chainsOf({ id, address }: Placed, cell: Machine): Chains {
  const [input, netout, overlay] = ['input', 'netout', 'overlay'].map(prefix => chainName(prefix, id))
  const dnsServers = textsAt(jobOf(cell.group, 'silk-cni')?.properties, 'dns_servers')
  return {
    chains: {
      [`${input}`]: [
        established,
        ...dnsServers.flatMap(server =>
          ['tcp', 'udp'].map(protocol => `-p ${protocol} -d ${server} --destination-port 53 -j ACCEPT`)
        ),
        reject
      ],
      [`${netout}`]: [
        '-p tcp -m state --state INVALID -j DROP',
        established,
        ...publicRanges.map(range => `-m iprange --dst-range ${range} -j ACCEPT`),
        reject
      ],
      [`${overlay}`]: [
        `-s ${address} -o silk-vtep -m mark ! --mark 0x0 -j ACCEPT`,
        `-d ${address} ${established}`,
        `-d ${address} -m mark --mark ${ingressTag} -j ACCEPT`,
        `-d ${address} ${reject}`
      ]
    },
    jumps: [
      `-A INPUT -s ${address} -j ${input}`,
      `-A FORWARD -s ${address} -o eth0 -j ${netout}`,
      `-A FORWARD -j ${overlay}`
    ]
  }
}

/** iptables takes 28 letters; instances of one app differ in the first of them. */
function chainName(prefix: string, id: string): string {
  const [, group = '', index = ''] = id.split('/')
  return `${prefix}--${index}-${group}`.slice(0, 28)
}

/** Marks what leaves a source of a policy, and lets in what bears the mark of a source (vxlan-policy-agent/planner). */
function policyRules(world: World, cell: Machine, containers: readonly Placed[]): string[] {
  if (cell.isOpen)
    return world.overlay === undefined ? [] : [`-s ${world.overlay} -d ${world.overlay} -j ACCEPT`]
  const tags = tagsOf(world.policies)
  const marks = containers.flatMap(({ address, policyGroup }) => {
    const tag = tags.get(policyGroup)
    return tag === undefined ? [] : [`-s ${address} -j MARK --set-xmark ${tag}`]
  })
  const allows = containers.flatMap(({ address, policyGroup }) =>
    world.policies
      .filter(({ destination }) => destination === policyGroup)
      .map(
        ({ source, protocol, start, end }) =>
          `-d ${address} -p ${protocol} --dport ${start}:${end} -m mark --mark ${tags.get(source) ?? ''} -j ACCEPT`
      )
  )
  return [...marks, ...allows]
}

/** policy-server counts: the first app that a policy names has tag 1. */
function tagsOf(policies: readonly Policy[]): ReadonlyMap<string, string> {
  const groups = new Set(policies.flatMap(({ source, destination }) => [source, destination]))
  return new Map([...groups].map((group, index) => [group, `0x${(index + 1).toString(16)}`]))
}
