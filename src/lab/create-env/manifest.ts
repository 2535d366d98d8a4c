import { at, listAt, textAt, type Value } from '../../manifest/value.ts'
import { UserError } from '../../core/errors.ts'
import { releaseAt, stemcellAt, type StemcellInfo } from '../director/artifacts.ts'
import { jobNames } from '../director/settings.ts'

/** What create-env needs to know of an interpolated manifest. */
export interface CreateEnvManifest {
  /** Of the one instance group, e.g. `bosh`. */
  readonly group: string
  readonly jobs: readonly string[]
  readonly ip: string
  /** cid or name of the network of the cloud, where the network's cloud properties name one. */
  readonly network: string | undefined
  readonly vmType: string
  readonly az: string
  /** 0 for none. */
  readonly diskMiB: number
  readonly stemcell: StemcellInfo
  readonly releases: readonly { readonly name: string; readonly version: string }[]
  /** Release that holds the CPI. */
  readonly cpiRelease: string
}

/** Reads a manifest in create-env's form (bosh.io/docs/manifest-v1). Throws a UserError that names all that lacks. */
export function readCreateEnvManifest(manifest: Value): CreateEnvManifest {
  const lacking: string[] = []
  const need = <T>(value: T | undefined, path: string): T | undefined => {
    if (value === undefined) lacking.push(path)
    return value
  }
  const group = listAt(manifest, 'instance_groups')[0]
  const groupNetwork = listAt(group, 'networks')[0]
  const networkName = textAt(groupNetwork, 'name')
  const network = listAt(manifest, 'networks').find(each => textAt(each, 'name') === networkName)
  const pool = listAt(manifest, 'resource_pools')[0]
  const ip = listAt(groupNetwork, 'static_ips')[0]
  const url = textAt(pool, 'stemcell', 'url')
  const read = {
    group: need(textAt(group, 'name'), 'instance_groups[0].name'),
    ip: need(typeof ip === 'string' ? ip : undefined, 'instance_groups[0].networks[0].static_ips'),
    stemcell: need(url === undefined ? undefined : stemcellAt(url), 'resource_pools[0].stemcell.url'),
    cpiRelease: need(
      textAt(manifest, 'cloud_provider', 'template', 'release'),
      'cloud_provider.template.release'
    )
  }
  const { group: name, stemcell, cpiRelease } = read
  if (name === undefined || read.ip === undefined || stemcell === undefined || cpiRelease === undefined) {
    throw new UserError(
      'findings',
      `create-env manifest: found no usable ${lacking.join(', ')}, expected them`,
      {
        hint: 'apply the ops file of the CPI, e.g. lab/cpi.yml'
      }
    )
  }
  const disk = at(listAt(manifest, 'disk_pools')[0], 'disk_size')
  return {
    group: name,
    jobs: jobNames(manifest),
    ip: read.ip,
    network: textAt(listAt(network, 'subnets')[0], 'cloud_properties', 'network'),
    vmType: textAt(pool, 'cloud_properties', 'instance_type') ?? 'default',
    az: textAt(pool, 'cloud_properties', 'availability_zone') ?? 'z1',
    diskMiB: typeof disk === 'number' ? disk : 0,
    stemcell,
    cpiRelease,
    releases: listAt(manifest, 'releases').map(release => ({
      name: textAt(release, 'name') ?? '',
      version: versionOf(release)
    }))
  }
}

/** The version of a release: what the manifest says, or else the address, as the archive itself would. */
function versionOf(release: Value): string {
  const version = at(release, 'version')
  if (typeof version === 'string' || typeof version === 'number') return String(version)
  return releaseAt(textAt(release, 'url') ?? '')?.version ?? 'unknown'
}
