import { UserError } from '../../core/errors.ts'
import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../manifest/value.ts'
import { readAccounts, type Accounts } from '../uaa/accounts.ts'

export interface Tls {
  readonly certificate: string
  readonly privateKey: string
}

/** What a Director's VM was told by its manifest. The properties are those of bosh-deployment (bosh.yml, uaa.yml, credhub.yml). */
export interface DirectorSettings {
  /** `bosh-<environment id>` */
  readonly name: string
  /** Address of the VM, where the three services answer. */
  readonly ip: string
  readonly director: Tls
  readonly uaa: Tls & { readonly accounts: Accounts }
  readonly credhub: Tls
}

/** Ports of the real ones (bosh-release, uaa-release and credhub-release, defaults of their job specs). */
export const ports = { director: 25555, uaa: 8443, credhub: 8844 } as const

/** Reads the manifest of a Director's VM. Throws a UserError that names every property that lacks. */
export function readDirectorSettings(manifest: Value, ip: string): DirectorSettings {
  const lacking: string[] = []
  const group = listAt(manifest, 'instance_groups')[0]
  const director = at(group, 'properties', 'director')
  const uaa = at(jobOf(group, 'uaa'), 'properties', 'uaa')
  const credhub = at(jobOf(group, 'credhub'), 'properties', 'credhub')
  const text = (from: Value | undefined, where: string, ...keys: readonly string[]): string => {
    const found = textAt(from, ...keys)
    if (found === undefined) lacking.push([where, ...keys].join('.'))
    return found ?? ''
  }
  const settings: DirectorSettings = {
    name: text(director, 'director', 'name'),
    ip,
    director: {
      certificate: text(director, 'director', 'ssl', 'cert'),
      privateKey: text(director, 'director', 'ssl', 'key')
    },
    uaa: {
      certificate: text(uaa, 'uaa', 'sslCertificate'),
      privateKey: text(uaa, 'uaa', 'sslPrivateKey'),
      accounts: readAccounts(uaa)
    },
    credhub: {
      certificate: text(credhub, 'credhub', 'tls', 'certificate'),
      privateKey: text(credhub, 'credhub', 'tls', 'private_key')
    }
  }
  if (lacking.length === 0) return settings
  throw new UserError(
    'findings',
    `instance_groups[0]: found no property ${lacking.join(', ')}, expected those of a Director with UAA and CredHub`,
    { hint: 'apply the ops files uaa.yml and credhub.yml of bosh-deployment' }
  )
}

/** Names of the jobs of the VM that a create-env manifest describes. */
export function jobNames(manifest: Value): readonly string[] {
  return listAt(manifest, 'instance_groups').flatMap(group =>
    listAt(group, 'jobs').flatMap(job => textAt(job, 'name') ?? [])
  )
}

function jobOf(group: Value | undefined, name: string): ValueMap | undefined {
  return listAt(group, 'jobs').find((job): job is ValueMap => isMap(job) && job['name'] === name)
}
