import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { UserError } from '../../core/errors.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { nthOf } from '../cloud/ip.ts'
import type { Kind } from '../cloud/model.ts'
import type { TfValue } from './configuration.ts'

export type Attributes = Readonly<Record<string, TfValue>>

interface ResourceType {
  readonly kind: Exclude<Kind, 'vm' | 'disk' | 'stemcell'>
  /** Makes it in the cloud; gives all its attributes, `id` among them. */
  create(cloud: Cloud, wanted: Attributes): Promise<Attributes>
}

/** The resource types of the lab's provider. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  lab_network: {
    kind: 'network',
    create: async (cloud, wanted) => {
      const cidr = typeof wanted['cidr'] === 'string' ? wanted['cidr'] : await findRange(cloud)
      const { cid, gateway } = cloud.createNetwork({ ...common(wanted), cidr })
      const range = (first: number, last: number): string => `${nthOf(cidr, first)}-${nthOf(cidr, last)}`
      return {
        ...wanted,
        id: cid,
        cidr,
        gateway,
        director_ip: nthOf(cidr, 6),
        jumpbox_ip: nthOf(cidr, 5),
        reserved_ips_low: range(2, 9),
        static_ips: range(200, 239),
        reserved_ips_high: range(240, 254)
      }
    }
  },
  lab_firewall: {
    kind: 'firewall',
    create: async (cloud, wanted) => {
      const { cid } = cloud.createFirewall({ ...common(wanted), network: text(wanted, 'network') })
      return { ...wanted, id: cid }
    }
  },
  lab_address: {
    kind: 'address',
    create: async (cloud, wanted) => {
      const { cid, ip } = cloud.createAddress({ ...common(wanted), network: text(wanted, 'network') })
      return { ...wanted, id: cid, address: ip }
    }
  },
  lab_load_balancer: {
    kind: 'load-balancer',
    create: async (cloud, wanted) => {
      const ports = Array.isArray(wanted['ports']) ? wanted['ports'].map(Number) : []
      const network = text(wanted, 'network')
      const { cid, ip } = cloud.createLoadBalancer({ ...common(wanted), network, ports })
      return { ...wanted, id: cid, address: ip }
    }
  }
}

function common(wanted: Attributes): { name: string; tags: Record<string, string> } {
  const tags = Object.entries(wanted['tags'] ?? {}).map(([key, value]) => [key, String(value)] as const)
  return { name: text(wanted, 'name'), tags: Object.fromEntries(tags) }
}

function text(wanted: Attributes, key: string): string {
  const value = wanted[key]
  if (typeof value === 'string') return value
  throw new UserError(
    'findings',
    `Error: Missing required argument\n\nThe argument "${key}" is required, but no definition was found.`,
    {
      hint: 'give the argument'
    }
  )
}

/** A range of loopback addresses that neither this lab nor another process of this machine uses. */
async function findRange(cloud: Cloud): Promise<string> {
  const taken = new Set(cloud.all('network').map(({ cidr }) => cidr))
  for (;;) {
    const cidr = `127.${randomInt(64, 127)}.${randomInt(256)}.0/24`
    if (!taken.has(cidr) && (await isFree(nthOf(cidr, 6)))) return cidr
  }
}

/** Whether a Director could listen there. */
async function isFree(ip: string): Promise<boolean> {
  const server = createServer()
  server.listen(25555, ip)
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  const closed = once(server, 'close')
  server.close()
  await closed
  return true
}
