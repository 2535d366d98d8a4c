import { readOpsFile, type OpsFile } from '../manifest/ops-file.ts'
import { readYaml } from '../manifest/read-yaml.ts'
import type { Value } from '../manifest/value.ts'
import { withoutOwnDns } from './choose-cfcr.ts'

/** Everything that a manifest may be made of. */
export interface Sources {
  readonly file: string
  readonly manifest: Value
  /** Of upstream, in order: those of the record. */
  readonly upstream: readonly OpsFile[]
  /** Upstream's file against a bosh-dns that the manifest brings itself; undefined where upstream has none. */
  readonly withoutOwnDns: OpsFile | undefined
  /** A file of ours, by its name in `ops/cf/` or `ops/cfcr/`. */
  readonly ours: (name: string) => OpsFile
  /** Says how many instances of some groups there are; after all others. */
  readonly scale: OpsFile
}

/** What reading takes of a disk. */
export interface Disk {
  readText(path: string): Promise<string>
  readTextIfAny(path: string): Promise<string | undefined>
  list(folder: string): Promise<readonly string[]>
}

export interface Places {
  readonly deployment: 'cf' | 'cfcr'
  /** Checkout of cf-deployment or kubo-deployment. */
  readonly upstream: string
  /** Our `ops/`. */
  readonly ops: string
  /** Ops files of upstream that a record names, by their path there, in order. */
  readonly upstreamOps: readonly string[]
  readonly scale: OpsFile
}

/** Where the manifest lies in a checkout. */
export const manifestFiles = { cf: 'cf-deployment.yml', cfcr: 'manifests/cfcr.yml' }

/** Reads all of it. Files are named by their path in their repository. */
export async function readSources(
  disk: Disk,
  { deployment, upstream, ops, upstreamOps, scale }: Places
): Promise<Sources> {
  const file = manifestFiles[deployment]
  const read = async (path: string): Promise<OpsFile> =>
    readOpsFile(await disk.readText(`${upstream}/${path}`), path)
  const given: OpsFile[] = []
  for (const path of upstreamOps) given.push(await read(path))
  const dns = await disk.readTextIfAny(`${upstream}/${withoutOwnDns}`)
  const ours = new Map<string, OpsFile>()
  for (const name of (await disk.list(`${ops}/${deployment}`)).filter(each => each.endsWith('.yml'))) {
    const path = `ops/${deployment}/${name}`
    ours.set(name, readOpsFile(await disk.readText(`${ops}/${deployment}/${name}`), path))
  }
  return {
    file,
    manifest: readYaml(await disk.readText(`${upstream}/${file}`), file),
    upstream: given,
    withoutOwnDns: dns === undefined ? undefined : readOpsFile(dns, withoutOwnDns),
    scale,
    ours: name => {
      const found = ours.get(name)
      if (found === undefined) throw new Error(`ops/${deployment}/${name}: found none, though it was chosen`)
      return found
    }
  }
}
