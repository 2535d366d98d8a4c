import { readYaml } from '../../../manifest/read-yaml.ts'
import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { addressesIn, rangeOf, toNumber } from '../../cloud/ip.ts'
import { DirectorError } from '../director-error.ts'
import type { ConfigRecord } from '../model.ts'
import { optionalProperty, property, wordsAt } from '../property.ts'

type AddressRange = ReturnType<typeof addressesIn>

export interface Subnet {
  readonly range: AddressRange
  /** Never given to an instance: gateway, network and broadcast address, and what `reserved` names. */
  readonly restricted: readonly AddressRange[]
  /** Given only to an instance that asks for it. */
  readonly static: readonly AddressRange[]
  /** Absent where the subnet serves any. */
  readonly azs: readonly string[] | undefined
  /** cid of the network of the cloud. */
  readonly cloudNetwork: string
}

export interface Network {
  readonly name: string
  readonly subnets: readonly Subnet[]
}

export interface CloudConfig {
  readonly azs: ReadonlySet<string>
  /** Cloud properties by name. */
  readonly vmTypes: ReadonlyMap<string, ValueMap>
  readonly vmExtensions: ReadonlyMap<string, ValueMap>
  /** Sizes in MiB by name. */
  readonly diskTypes: ReadonlyMap<string, number>
  readonly networks: ReadonlyMap<string, Network>
}

const lists = ['azs', 'vm_types', 'disk_types', 'networks', 'vm_extensions'] as const

/** All cloud configs as one (bosh v283, cloud_config/cloud_configs_consolidator.rb). Throws the Director's errors. */
export function readCloudConfig(configs: readonly ConfigRecord[]): CloudConfig {
  const merged = mergeContents(configs.map(config => readYaml(config.content)))
  // The only part that no cloud config can do without.
  property(merged, 'networks', 'Array')
  const named = (key: (typeof lists)[number]): readonly (readonly [string, ValueMap])[] =>
    listAt(merged, key).map(entry => [property(entry, 'name', 'String'), entry as ValueMap])
  const cloudProperties = ([name, entry]: readonly [string, ValueMap]): readonly [string, ValueMap] => {
    return [name, optionalProperty(entry, 'cloud_properties', 'Hash') ?? {}]
  }
  const azs = new Set(named('azs').map(([name]) => name))
  return {
    azs,
    vmTypes: new Map(named('vm_types').map(cloudProperties)),
    vmExtensions: new Map(named('vm_extensions').map(cloudProperties)),
    diskTypes: new Map(
      named('disk_types').map(([name, entry]) => [name, property(entry, 'disk_size', 'Integer')] as const)
    ),
    networks: new Map(named('networks').map(([name, entry]) => [name, readNetwork(name, entry, azs)]))
  }
}

function mergeContents(contents: readonly Value[]): ValueMap {
  if (contents.length === 0) return {}
  const compilations = contents.filter(content => at(content, 'compilation') !== undefined)
  if (compilations.length > 1) {
    throw new DirectorError(
      570000,
      "Cloud config 'compilation' key cannot be defined in multiple cloud configs."
    )
  }
  return Object.fromEntries(lists.map(key => [key, contents.flatMap(content => [...listAt(content, key)])]))
}

function readNetwork(name: string, entry: ValueMap, azs: ReadonlySet<string>): Network {
  const type = textAt(entry, 'type') ?? 'manual'
  // Addresses of the other types come from the IaaS, and this one has none of its own to give.
  if (type !== 'manual') {
    throw new DirectorError(
      190010,
      `Invalid network type '${type}' for network '${name}', the lab has 'manual' only`
    )
  }
  return { name, subnets: property(entry, 'subnets', 'Array').map(subnet => readSubnet(name, subnet, azs)) }
}

function readSubnet(network: string, subnet: Value, azs: ReadonlySet<string>): Subnet {
  const cidr = property(subnet, 'range', 'String')
  const gateway = property(subnet, 'gateway', 'String')
  const range = rangeOf(cidr)
  const single = (address: number): AddressRange => ({ first: address, last: address })
  const reserved = addressRanges(at(subnet, 'reserved'))
  for (const part of reserved) {
    if (part.first < range.first || part.last > range.last) {
      throw new DirectorError(160005, `Reserved IP '${cidr}' is out of network '${network}' range`)
    }
  }
  const names = azNames(subnet)
  const unknown = names?.find(name => !azs.has(name))
  if (unknown !== undefined) {
    throw new DirectorError(
      160007,
      `Network '${network}' refers to an unknown availability zone '${unknown}'`
    )
  }
  return {
    range,
    restricted: [single(range.first), single(range.last), single(toNumber(gateway)), ...reserved],
    static: addressRanges(at(subnet, 'static')),
    azs: names,
    cloudNetwork: textAt(subnet, 'cloud_properties', 'network') ?? ''
  }
}

function azNames(subnet: Value): readonly string[] | undefined {
  const one = textAt(subnet, 'az')
  if (one !== undefined) return [one]
  return isMap(subnet) && 'azs' in subnet ? wordsAt(subnet, 'azs') : undefined
}

function addressRanges(value: Value | undefined): readonly AddressRange[] {
  const notations = Array.isArray(value) ? value : [value]
  return notations.flatMap(notation => (typeof notation === 'string' ? [addressesIn(notation)] : []))
}
