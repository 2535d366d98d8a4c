import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { labPaths } from '../paths.ts'
import { CloudError } from './cloud-error.ts'
import { contains, nthOf, rangeOf, toText } from './ip.ts'
import type {
  Address,
  CloudData,
  Disk,
  Firewall,
  Kind,
  LoadBalancer,
  Network,
  NewResource,
  Resource,
  ResourceOf,
  Stemcell,
  Vm
} from './model.ts'
import { VersionedState } from './versioned-state.ts'

export type NewNetwork = NewResource & Pick<Network, 'cidr'>
export type NewFirewall = NewResource & Pick<Firewall, 'network'>
export type NewAddress = NewResource & Pick<Address, 'network'>
export type NewLoadBalancer = NewResource & Pick<LoadBalancer, 'network' | 'ports'>
export type NewStemcell = NewResource & Pick<Stemcell, 'version'>
export type NewVm = NewResource &
  Pick<Vm, 'ip' | 'stemcell' | 'az' | 'vmType' | 'jobs' | 'loadBalancers'> & {
    /** cid or name. @default the network in whose range the address lies */
    readonly network?: string
  }
export type NewDisk = NewResource & Pick<Disk, 'sizeMiB' | 'az'>

/**
 * The imitation IaaS: machines, disks, networks, load balancers and images as entries of one state folder. This is the
 * truth about what exists; every program and service of the lab, whatever process it runs in, creates and deletes here.
 * A refused operation throws a CloudError and changes nothing.
 */
export class Cloud {
  readonly #folder: string
  readonly #state: VersionedState<CloudData>

  constructor(lab: string) {
    this.#folder = labPaths(lab).cloud
    this.#state = new VersionedState(this.#folder, { resources: {} })
  }

  /** Everything that exists, in the order of creation. */
  list(): readonly Resource[] {
    return Object.values(this.#state.read().resources)
  }

  /** Everything of one kind, in the order of creation. */
  all<K extends Kind>(kind: K): readonly ResourceOf<K>[] {
    return this.list().filter(resource => isOf(kind, resource))
  }

  find<K extends Kind>(kind: K, cid: string): ResourceOf<K> | undefined {
    return lookUp(this.#state.read(), kind, cid)
  }

  createNetwork({ cidr, ...wanted }: NewNetwork): Network {
    return this.#change(draft => {
      const taken = inDraft(draft, 'network').find(network => network.cidr === cidr)
      if (taken !== undefined)
        throw new CloudError('conflict', `range ${cidr} is used by network ${taken.name}`)
      return add(draft, { ...base('net', wanted), kind: 'network', cidr, gateway: nthOf(cidr, 1) })
    })
  }

  createFirewall({ network, ...wanted }: NewFirewall): Firewall {
    return this.#change(draft => {
      mustFind(draft, 'network', network)
      return add(draft, { ...base('fw', wanted), kind: 'firewall', network })
    })
  }

  /** The address is the highest one that is free. */
  createAddress({ network, ...wanted }: NewAddress): Address {
    return this.#change(draft => {
      const ip = highestFree(draft, mustFind(draft, 'network', network))
      return add(draft, { ...base('ip', wanted), kind: 'address', network, ip })
    })
  }

  /** Its address is the highest one that is free. */
  createLoadBalancer({ network, ports, ...wanted }: NewLoadBalancer): LoadBalancer {
    return this.#change(draft => {
      const ip = highestFree(draft, mustFind(draft, 'network', network))
      return add(draft, { ...base('lb', wanted), kind: 'load-balancer', network, ip, ports })
    })
  }

  createStemcell({ version, ...wanted }: NewStemcell): Stemcell {
    return this.#change(draft => add(draft, { ...base('stemcell', wanted), kind: 'stemcell', version }))
  }

  createVm({ name, tags, network, ...wanted }: NewVm): Vm {
    const vm = this.#change(draft => {
      mustFind(draft, 'stemcell', wanted.stemcell)
      const { cid } = networkFor(draft, network, wanted.ip)
      const about = base('vm', { name, ...(tags && { tags }) })
      return add(draft, { ...about, kind: 'vm', state: 'running', network: cid, ...wanted })
    })
    mkdirSync(this.vmFolder(vm.cid), { recursive: true })
    return vm
  }

  /** Its disks stay, attached to none. */
  deleteVm(cid: string): void {
    this.#change(draft => {
      remove(draft, mustFind(draft, 'vm', cid))
      for (const disk of inDraft(draft, 'disk')) if (disk.vm === cid) replace(draft, withoutVm(disk))
    })
    rmSync(this.vmFolder(cid), { recursive: true, force: true })
  }

  setVmState(cid: string, state: Vm['state']): void {
    this.#change(draft => {
      replace(draft, { ...mustFind(draft, 'vm', cid), state })
    })
  }

  /** What runs on it, once it does. */
  setVmJobs(cid: string, jobs: readonly string[]): void {
    this.#change(draft => {
      replace(draft, { ...mustFind(draft, 'vm', cid), jobs })
    })
  }

  createDisk({ sizeMiB, az, ...wanted }: NewDisk): Disk {
    const disk = this.#change(draft => add(draft, { ...base('disk', wanted), kind: 'disk', sizeMiB, az }))
    mkdirSync(this.diskFolder(disk.cid), { recursive: true })
    return disk
  }

  attachDisk(cid: string, vm: string): void {
    this.#change(draft => {
      const disk = mustFind(draft, 'disk', cid)
      mustFind(draft, 'vm', vm)
      if (disk.vm !== undefined && disk.vm !== vm) {
        throw new CloudError('in-use', `disk ${cid} is attached to ${disk.vm}`)
      }
      replace(draft, { ...disk, vm })
    })
  }

  detachDisk(cid: string): void {
    this.#change(draft => {
      replace(draft, withoutVm(mustFind(draft, 'disk', cid)))
    })
  }

  deleteDisk(cid: string): void {
    this.#change(draft => {
      const disk = mustFind(draft, 'disk', cid)
      if (disk.vm !== undefined) throw new CloudError('in-use', `disk ${cid} is attached to ${disk.vm}`)
      remove(draft, disk)
    })
    rmSync(this.diskFolder(cid), { recursive: true, force: true })
  }

  /** Deletes anything that is neither VM nor disk. A network goes only when nothing stands in it any more. */
  delete(kind: Exclude<Kind, 'vm' | 'disk'>, cid: string): void {
    this.#change(draft => {
      const resource = mustFind(draft, kind, cid)
      const user = Object.values(draft.resources).find(other => 'network' in other && other.network === cid)
      if (user !== undefined) {
        throw new CloudError(
          'in-use',
          `${kind} ${resource.name} is already being used by ${user.kind} ${user.cid}`
        )
      }
      remove(draft, resource)
    })
  }

  /** Where a VM's own files lie; gone with the VM. */
  vmFolder(cid: string): string {
    return join(this.#folder, 'vms', cid)
  }

  /** What a persistent disk holds; it outlives the VM. */
  diskFolder(cid: string): string {
    return join(this.#folder, 'disks', cid)
  }

  #change<R>(edit: (draft: CloudData) => R): R {
    return this.#state.change(edit)
  }
}

function base(prefix: string, { name, tags }: NewResource): Omit<Network, 'kind' | 'cidr' | 'gateway'> {
  return { cid: `${prefix}-${randomUUID()}`, name, tags: tags ?? {}, createdAt: new Date().toISOString() }
}

function add<R extends Resource>(draft: CloudData, resource: R): R {
  draft.resources[resource.cid] = resource
  return resource
}

function replace(draft: CloudData, resource: Resource): void {
  draft.resources[resource.cid] = resource
}

function remove(draft: CloudData, { cid }: Resource): void {
  Reflect.deleteProperty(draft.resources, cid)
}

function isOf<K extends Kind>(kind: K, resource: Resource): resource is ResourceOf<K> {
  return resource.kind === kind
}

function inDraft<K extends Kind>(draft: CloudData, kind: K): readonly ResourceOf<K>[] {
  return Object.values(draft.resources).filter(resource => isOf(kind, resource))
}

function lookUp<K extends Kind>(data: CloudData, kind: K, cid: string): ResourceOf<K> | undefined {
  const found = data.resources[cid]
  return found !== undefined && isOf(kind, found) ? found : undefined
}

function mustFind<K extends Kind>(draft: CloudData, kind: K, cid: string): ResourceOf<K> {
  const found = lookUp(draft, kind, cid)
  if (found === undefined) throw new CloudError('not-found', `${kind} ${cid} not found`)
  return found
}

/** The network for a new machine. Sees to it that its address lies there and that nobody has it yet. */
function networkFor(draft: CloudData, wanted: string | undefined, ip: string): Network {
  const network = inDraft(draft, 'network').find(({ cid, name, cidr }) =>
    wanted === undefined || wanted === '' ? contains(cidr, ip) : cid === wanted || name === wanted
  )
  if (network === undefined) throw new CloudError('not-found', `network ${wanted ?? `of ${ip}`} not found`)
  const { cidr, name } = network
  if (!contains(cidr, ip)) {
    throw new CloudError('out-of-range', `address ${ip} is not in network ${name} (${cidr})`)
  }
  const owner = ownerOf(draft, ip)
  if (owner === undefined) return network
  throw new CloudError('conflict', `address ${ip} is already in use by ${owner.kind} ${owner.cid}`)
}

function highestFree(draft: CloudData, { cidr, name }: Network): string {
  const { first, last } = rangeOf(cidr)
  for (let address = last - 1; address > first + 1; address -= 1) {
    if (ownerOf(draft, toText(address)) === undefined) return toText(address)
  }
  throw new CloudError('conflict', `network ${name} (${cidr}) has no free address`)
}

function ownerOf(draft: CloudData, ip: string): Resource | undefined {
  return Object.values(draft.resources).find(other => 'ip' in other && other.ip === ip)
}

function withoutVm(disk: Disk): Disk {
  const copy: { -readonly [K in keyof Disk]: Disk[K] } = { ...disk }
  delete copy.vm
  return copy
}
