import {
  answerQueries,
  cannotDelete,
  labelsOf,
  textOf,
  type Cloud,
  type CloudResource,
  type NotChecked,
  type Query,
  type ResourceKind
} from './cloud.ts'

type Ask = (args: readonly string[]) => Promise<string>

const queries: readonly Query[] = [
  listing('vm', 'VMs', ['server', 'list', '--long']),
  listing('disk', 'volumes', ['volume', 'list', '--long']),
  // From plugins of its own: octavia, designate.
  listing('load-balancer', 'load balancers', ['loadbalancer', 'list']),
  listing('dns', 'DNS zones', ['zone', 'list']),
  listing('firewall', 'security groups', ['security', 'group', 'list']),
  listing('network', 'networks', ['network', 'list'])
]

const neverSeen: readonly NotChecked[] = [
  { what: 'floating addresses', why: 'they have no names', kinds: ['address'] },
  { what: 'images of stemcells', why: 'their names say nothing of an environment', kinds: ['image'] },
  { what: 'ports and key pairs', why: 'they are not listed', kinds: [] }
]

/** What deletes a kind; its id follows. */
const deletions: Partial<Readonly<Record<ResourceKind, readonly string[]>>> = {
  vm: ['server', 'delete', '--wait'],
  disk: ['volume', 'delete'],
  'load-balancer': ['loadbalancer', 'delete', '--cascade'],
  dns: ['zone', 'delete'],
  firewall: ['security', 'group', 'delete'],
  network: ['network', 'delete']
}

/** OpenStack through `openstack`, which is told who and where by its environment. */
export function createOpenstack(ask: Ask): Cloud {
  return {
    async list() {
      const { resources, notChecked } = await answerQueries(queries, ask)
      return { resources, notChecked: [...notChecked, ...neverSeen] }
    },
    async delete(resource: CloudResource) {
      const words = deletions[resource.kind]
      if (words === undefined) throw cannotDelete(resource)
      await ask([...words, resource.id])
    }
  }
}

function listing(kind: ResourceKind, what: string, words: readonly string[]): Query {
  return {
    kind,
    what,
    args: [...words, '-f', 'json'],
    // Plugins write their columns in lower case, the client itself with a capital.
    read: row => ({
      id: textOf(row, 'ID') || textOf(row, 'id'),
      name: textOf(row, 'Name') || textOf(row, 'name'),
      labels: propertiesOf(row['Properties'])
    })
  }
}

/** A map, or in old clients its text: `director='bosh-play', job='nats'`. */
function propertiesOf(value: unknown): Record<string, string> {
  if (typeof value !== 'string') return labelsOf(value)
  return Object.fromEntries(
    [...value.matchAll(/([\w.-]+)='([^']*)'/g)].map(([, key = '', text = '']) => [key, text])
  )
}
