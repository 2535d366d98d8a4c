import { isRecord } from '../table.ts'
import {
  answerQueries,
  cannotDelete,
  labelsOf,
  lastPart,
  textOf,
  type Cloud,
  type CloudListing,
  type CloudResource,
  type NotChecked,
  type Query,
  type Row
} from './cloud.ts'

/** Runs gcloud and gives what it prints. */
type Ask = (args: readonly string[]) => Promise<string>

/** Google's VMs carry labels of the BOSH CPI; what is named `<env>-…` is bbl's. */
const queries: readonly Query[] = [
  compute('vm', 'VMs', 'instances'),
  compute('disk', 'disks', 'disks'),
  compute('load-balancer', 'forwarding rules', 'forwarding-rules'),
  compute('load-balancer', 'target pools', 'target-pools'),
  compute('load-balancer', 'backend services', 'backend-services'),
  compute('firewall', 'firewall rules', 'firewall-rules'),
  compute('address', 'addresses', 'addresses'),
  {
    kind: 'dns',
    what: 'DNS zones',
    args: ['dns', 'managed-zones', 'list', '--format=json'],
    read: row => ({ id: textOf(row, 'name'), name: textOf(row, 'name'), labels: labelsOf(row['labels']) })
  },
  compute('network', 'subnets', 'networks subnets'),
  compute('network', 'networks', 'networks')
]

const neverSeen: readonly NotChecked[] = [
  { what: 'images of stemcells', why: 'their names say nothing of an environment', kinds: ['image'] },
  { what: 'service accounts, routers, routes and health checks', why: 'they are not listed', kinds: [] }
]

/** Google Cloud through `gcloud`, which is told the project and the key by its environment. */
export function createGcp(ask: Ask): Cloud {
  return {
    async list() {
      const listing = await answerQueries(queries, ask)
      return {
        resources: withBalancersOfKubernetes(listing),
        notChecked: [...listing.notChecked, ...neverSeen]
      }
    },
    async delete(resource) {
      await ask(deletion(resource))
    }
  }
}

function compute(kind: Query['kind'], what: string, collection: string): Query {
  return {
    kind,
    what,
    args: ['compute', ...collection.split(' '), 'list', '--format=json'],
    read: row => {
      const network = networkOf(row)
      return {
        id: textOf(row, 'name'),
        name: textOf(row, 'name'),
        labels: labelsOf(row['labels']),
        place: [collection, ...placeOf(row)].join(' '),
        ...(network === '' ? {} : { network })
      }
    }
  }
}

function networkOf(row: Row): string {
  const interfaces = row['networkInterfaces']
  const first: unknown = Array.isArray(interfaces) ? interfaces[0] : undefined
  return lastPart(isRecord(first) ? textOf(first, 'network') : textOf(row, 'network'))
}

function placeOf(row: Row): string[] {
  const [zone, region] = [lastPart(textOf(row, 'zone')), lastPart(textOf(row, 'region'))]
  if (zone !== '') return [`--zone=${zone}`]
  return region === '' ? [] : [`--region=${region}`]
}

/**
 * Kubernetes names a load balancer's rule, pool and firewall after the service's uid, and only the firewall says in which
 * network it stands: `k8s-fw-<uid>` (kubernetes v1.17, legacy-cloud-providers/gce/gce_loadbalancer_naming.go).
 */
function withBalancersOfKubernetes({ resources }: CloudListing): readonly CloudResource[] {
  const networks = new Map(
    resources.flatMap(({ kind, name, network }) => {
      const uid = kind === 'firewall' ? /^k8s-fw-(.+)$/.exec(name)?.[1] : undefined
      return uid === undefined || network === undefined ? [] : [[uid, network] as const]
    })
  )
  return resources.map(resource => {
    const isPart = resource.kind === 'load-balancer' || resource.kind === 'address'
    const network = isPart ? networks.get(resource.name) : undefined
    return network === undefined || resource.network !== undefined ? resource : { ...resource, network }
  })
}

function deletion(resource: CloudResource): string[] {
  const { kind, id, place = '' } = resource
  if (kind === 'dns') return ['dns', 'managed-zones', 'delete', id, '--quiet']
  const words = place.split(' ').filter(word => word !== '')
  const flags = words.filter(word => word.startsWith('--'))
  const collection = words.filter(word => !word.startsWith('--'))
  if (collection.length === 0) throw cannotDelete(resource)
  // What is neither of a zone nor of a region has to be called global where both kinds exist.
  const isGlobal =
    flags.length === 0 && ['forwarding-rules', 'addresses', 'backend-services'].includes(collection[0] ?? '')
  return ['compute', ...collection, 'delete', id, ...flags, ...(isGlobal ? ['--global'] : []), '--quiet']
}
