import { isRecord } from '../table.ts'
import {
  answerQueries,
  cannotDelete,
  textOf,
  type Cloud,
  type CloudResource,
  type NotChecked,
  type Query,
  type Row
} from './cloud.ts'

type Ask = (args: readonly string[]) => Promise<string>

const queries: readonly Query[] = [
  {
    ...ec2('vm', 'VMs', 'describe-instances', 'InstanceId'),
    at: json =>
      isRecord(json) && Array.isArray(json['Reservations'])
        ? json['Reservations']
            .filter(isRecord)
            .flatMap(({ Instances }): unknown[] => (Array.isArray(Instances) ? Instances : []))
        : undefined
  },
  { ...ec2('disk', 'volumes', 'describe-volumes', 'VolumeId'), at: key('Volumes') },
  {
    kind: 'load-balancer',
    what: 'classic load balancers',
    args: ['elb', 'describe-load-balancers', '--output', 'json'],
    at: key('LoadBalancerDescriptions'),
    read: row => balancer(row, 'elb', textOf(row, 'LoadBalancerName'), textOf(row, 'VPCId'))
  },
  {
    kind: 'load-balancer',
    what: 'load balancers',
    args: ['elbv2', 'describe-load-balancers', '--output', 'json'],
    at: key('LoadBalancers'),
    read: row => balancer(row, 'elbv2', textOf(row, 'LoadBalancerArn'), textOf(row, 'VpcId'))
  },
  {
    ...ec2('firewall', 'security groups', 'describe-security-groups', 'GroupId', 'GroupName'),
    at: key('SecurityGroups')
  },
  {
    ...ec2('address', 'elastic addresses', 'describe-addresses', 'AllocationId', 'PublicIp'),
    at: key('Addresses')
  },
  { ...ec2('network', 'VPCs', 'describe-vpcs', 'VpcId'), at: key('Vpcs') }
]

const neverSeen: readonly NotChecked[] = [
  {
    what: 'hosted zones and their records',
    why: 'their names say nothing of an environment',
    kinds: ['dns']
  },
  { what: 'images of heavy stemcells, and snapshots', why: 'they are not listed', kinds: ['image'] },
  { what: 'roles, keys, log groups and network interfaces', why: 'they are not listed', kinds: [] }
]

/** AWS through `aws`, which is told credentials and region by its environment. */
export function createAws(ask: Ask): Cloud {
  return {
    async list() {
      const { resources, notChecked } = await answerQueries(queries, ask)
      return { resources, notChecked: [...notChecked, ...neverSeen] }
    },
    async delete(resource) {
      await ask(deletion(resource))
    }
  }
}

function ec2(
  kind: Query['kind'],
  what: string,
  command: string,
  idKey: string,
  nameKey?: string
): Pick<Query, 'kind' | 'what' | 'args' | 'read'> {
  return {
    kind,
    what,
    args: ['ec2', command, '--output', 'json'],
    read: row => {
      const id = textOf(row, idKey)
      const labels = tagsOf(row)
      const network = textOf(row, 'VpcId')
      // A terminated VM is shown for an hour or so; AWS makes a group `default` in each VPC, which goes with it.
      if (isGone(row) || textOf(row, 'GroupName') === 'default') return undefined
      const named = nameKey === undefined ? labels['Name'] : textOf(row, nameKey)
      return { id, name: named ?? id, labels, ...(network === '' || kind === 'network' ? {} : { network }) }
    }
  }
}

function balancer(row: Row, place: string, id: string, network: string): Omit<CloudResource, 'kind'> {
  return {
    id,
    name: textOf(row, 'LoadBalancerName'),
    labels: {},
    place,
    ...(network === '' ? {} : { network })
  }
}

function isGone(row: Row): boolean {
  const state = row['State']
  return isRecord(state) && ['terminated', 'shutting-down'].includes(textOf(state, 'Name'))
}

function tagsOf(row: Row): Record<string, string> {
  const tags = row['Tags']
  const list = Array.isArray(tags) ? tags.filter(isRecord) : []
  return Object.fromEntries(list.map(tag => [textOf(tag, 'Key'), textOf(tag, 'Value')]))
}

function key(name: string): (json: unknown) => unknown {
  return json => (isRecord(json) ? (json[name] ?? []) : undefined)
}

function deletion(resource: CloudResource): string[] {
  const { kind, id, place } = resource
  switch (kind) {
    case 'vm':
      return ['ec2', 'terminate-instances', '--instance-ids', id]
    case 'disk':
      return ['ec2', 'delete-volume', '--volume-id', id]
    case 'load-balancer':
      return place === 'elb'
        ? ['elb', 'delete-load-balancer', '--load-balancer-name', id]
        : ['elbv2', 'delete-load-balancer', '--load-balancer-arn', id]
    case 'firewall':
      return ['ec2', 'delete-security-group', '--group-id', id]
    case 'address':
      return ['ec2', 'release-address', '--allocation-id', id]
    case 'network':
      return ['ec2', 'delete-vpc', '--vpc-id', id]
    case 'dns':
    case 'image':
      throw cannotDelete(resource)
    default:
      return kind satisfies never
  }
}
