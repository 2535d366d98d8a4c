import {
  answerQueries,
  cannotDelete,
  labelsOf,
  textOf,
  type Cloud,
  type CloudListing,
  type CloudResource,
  type NotChecked,
  type Query,
  type ResourceKind
} from './cloud.ts'

type Ask = (args: readonly string[]) => Promise<string>

/** Types of Azure's resource manager, in lower case, by what they are to us. */
const kindsOfTypes: Readonly<Record<string, ResourceKind>> = {
  'microsoft.compute/virtualmachines': 'vm',
  'microsoft.compute/disks': 'disk',
  'microsoft.compute/images': 'image',
  'microsoft.network/loadbalancers': 'load-balancer',
  'microsoft.network/applicationgateways': 'load-balancer',
  'microsoft.network/networksecuritygroups': 'firewall',
  'microsoft.network/publicipaddresses': 'address',
  'microsoft.network/dnszones': 'dns',
  'microsoft.network/virtualnetworks': 'network'
}

const groups: Query = {
  kind: 'network',
  what: 'resource groups',
  args: ['group', 'list', '--output', 'json'],
  read: row => ({
    id: textOf(row, 'name').toLowerCase(),
    name: textOf(row, 'name'),
    labels: labelsOf(row['tags']),
    place: 'group'
  })
}

const neverSeen: readonly NotChecked[] = [
  { what: 'storage accounts and their blobs', why: 'they are not listed', kinds: ['image'] }
]

/** Azure through `az`. bbl and the BOSH CPI put all that they make into one resource group, whose name tells the environment. */
export function createAzure(ask: Ask): Cloud {
  return {
    list: () => list(ask),
    async delete(resource) {
      await ask(deletion(resource))
    }
  }
}

async function list(ask: Ask): Promise<CloudListing> {
  // One listing holds every type; each kind is a question of its own, so that a failure names all that was not seen.
  const everything: Query = {
    kind: 'vm',
    what: 'VMs, disks, load balancers, security groups, addresses, DNS zones and networks',
    args: ['resource', 'list', '--output', 'json'],
    read: row => ({
      id: textOf(row, 'id'),
      name: textOf(row, 'name'),
      labels: labelsOf(row['tags']),
      network: textOf(row, 'resourceGroup').toLowerCase(),
      place: textOf(row, 'type').toLowerCase()
    })
  }
  const found = await answerQueries([everything, groups], ask)
  const kinds = [...new Set(Object.values(kindsOfTypes))]
  return {
    resources: found.resources.flatMap(resource => {
      if (resource.place === 'group') return [resource]
      const kind = kindsOfTypes[resource.place ?? '']
      return kind === undefined ? [] : [{ ...resource, kind }]
    }),
    notChecked: [
      ...found.notChecked.map(missing =>
        missing.what === everything.what ? { ...missing, kinds } : missing
      ),
      ...neverSeen
    ]
  }
}

function deletion(resource: CloudResource): string[] {
  if (resource.place === 'group') return ['group', 'delete', '--name', resource.name, '--yes']
  if (!resource.id.startsWith('/')) throw cannotDelete(resource)
  return ['resource', 'delete', '--ids', resource.id]
}
