import { X509Certificate } from 'node:crypto'
import { at, listAt, textAt, wordAt } from '../../manifest/value.ts'
import type { LabState } from '../lab-service.ts'
import { normalized } from './addresses.ts'
import { groupsWith, jobOf, type Group, type Job } from './jobs.ts'

/** Who gives out shares of the overlay: Cloud Foundry's silk-controller. */
export interface SilkController {
  readonly group: Group
  /** Range of all containers, e.g. `10.255.0.0/16`. */
  readonly network: string
  /** Prefix length of one machine's share. */
  readonly prefix: number
}

/** Whether a machine's silk-daemon gets a share of the overlay, and if not, what keeps it from that. */
export type Membership =
  { readonly joined: true; readonly singleIp: boolean } | { readonly joined: false; readonly reason: string }

const controllerName = 'silk-controller.service.cf.internal'

/** The controller that runs; undefined where none does. Defaults are those of the job's spec (silk-release 2.30.0). */
export function controllerOf(state: LabState): SilkController | undefined {
  const [group] = groupsWith(state, 'silk-controller')
  const job = group === undefined ? undefined : jobOf(group, 'silk-controller')
  if (group === undefined || job === undefined) return undefined
  return { group, ...shareIn(job.properties) }
}

/**
 * Whether the machines of a group join the overlay (silk-release 2.30.0, jobs/silk-daemon). A daemon needs its own
 * deployment's or a shared link, the controller's range, a client certificate of the right authority, and the
 * controller's name.
 */
export function membershipOf(group: Group, controller: SilkController | undefined): Membership {
  const daemon = jobOf(group, 'silk-daemon')
  if (daemon === undefined) return refused('no silk-daemon runs on it')
  if (controller === undefined) return refused('no silk-controller runs')
  const share = consumedShare(group, daemon, controller)
  if (share === undefined) return refused('silk-daemon has no cf_network link')
  if (share.network !== controller.network || share.prefix !== controller.prefix) {
    const [own, others] = [share, controller].map(({ network, prefix }) => `${network} by /${prefix}`)
    return refused(`silk-daemon wants a share of ${own ?? ''}, silk-controller gives ${others ?? ''}`)
  }
  const problem = certificateProblem(daemon, controller) ?? nameProblem(group, daemon, controller)
  if (problem !== undefined) return refused(problem)
  return { joined: true, singleIp: at(daemon.properties, 'single_ip_only') === true }
}

function refused(reason: string): Membership {
  return { joined: false, reason }
}

function shareIn(properties: Job['properties']): { network: string; prefix: number } {
  return {
    network: normalized(textAt(properties, 'network') ?? '10.255.0.0/16'),
    prefix: Number(wordAt(properties, 'subnet_prefix_length') ?? '24')
  }
}

/** What the daemon's link gives: properties of its own, another deployment's shared provider, or the one beside it. */
function consumedShare(
  group: Group,
  daemon: Job,
  controller: SilkController
): { network: string; prefix: number } | undefined {
  const link = at(daemon.consumes, 'cf_network')
  const manual = at(link, 'properties')
  if (typeof manual === 'object' && manual !== null && !Array.isArray(manual)) return shareIn(manual)
  const from = textAt(link, 'deployment') ?? group.deployment.name
  const provider = controller.group.deployment
  if (from !== provider.name) return undefined
  const isShared = at(jobOf(controller.group, 'silk-controller')?.provides, 'cf_network', 'shared') === true
  return group.deployment === provider || isShared ? controller : undefined
}

function certificateProblem(daemon: Job, controller: SilkController): string | undefined {
  const server = jobOf(controller.group, 'silk-controller')?.properties
  const own = (key: string): string => textAt(daemon.properties, key) ?? ''
  try {
    const client = new X509Certificate(own('client_cert'))
    if (!client.checkIssued(new X509Certificate(textAt(server, 'ca_cert') ?? ''))) {
      return "silk-controller does not trust silk-daemon's client certificate"
    }
    if (
      !new X509Certificate(textAt(server, 'server_cert') ?? '').checkIssued(
        new X509Certificate(own('ca_cert'))
      )
    ) {
      return "silk-daemon does not trust silk-controller's certificate"
    }
    return own('client_key') === '' ? 'silk-daemon has no key for its certificate' : undefined
  } catch {
    return 'silk-daemon or silk-controller has no readable certificate'
  }
}

/** The certificate bears the controller's own name, so that name has to resolve on the daemon's machine. */
function nameProblem(group: Group, daemon: Job, { group: provider }: SilkController): string | undefined {
  const host = textAt(daemon.properties, 'silk_controller', 'hostname') ?? controllerName
  const isKnown = group.jobs.some(job => aliasesOf(job, provider).includes(host))
  if (isKnown || provider.instances.some(({ ips }) => ips.includes(host))) return undefined
  return `silk-daemon can't look up ${host}: no job on the machine has it among its DNS aliases`
}

/** Names of the controller's group that a job gives to its machine: one of bosh-dns-aliases-release, or our silk-k8s. */
function aliasesOf({ name, properties }: Job, provider: Group): readonly string[] {
  if (name !== 'silk-k8s') return listAt(properties, 'aliases').map(alias => textAt(alias, 'domain') ?? '')
  const cf = at(properties, 'cf')
  const deployment = textAt(cf, 'deployment') ?? 'cf'
  const group = textAt(cf, 'silk_controller_group') ?? 'diego-api'
  return deployment === provider.deployment.name && group === provider.name ? [controllerName] : []
}
