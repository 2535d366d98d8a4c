import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf } from '../../../core/errors.ts'
import { BblError } from './bbl-error.ts'

export interface BoshSection {
  readonly directorName: string
  readonly directorUsername: string
  readonly directorPassword: string
  readonly directorAddress: string
  readonly directorSSLCA: string
  readonly directorSSLCertificate: string
  readonly directorSSLPrivateKey: string
}

export interface LoadBalancerSection {
  readonly type: string
  readonly cert: string
  readonly key: string
  readonly chain: string
  readonly domain?: string
}

/** The real IaaSes, each of which has a section for its region. CloudStack came after v8.4.40. */
function sectionsOf(version: string): object {
  const always = { aws: {}, azure: {}, gcp: {}, vsphere: {}, openstack: {} }
  return version === '8.4.40' ? always : { ...always, cloudstack: {} }
}

/** `bbl-state.json` (bbl v9.0.48, storage/state.go). */
export interface BblState {
  readonly version: number
  readonly bblVersion: string
  readonly iaas: string
  readonly id: string
  readonly envID: string
  readonly jumpbox: { readonly url: string }
  readonly bosh: BoshSection
  readonly tfState: string
  readonly lb: LoadBalancerSection
  readonly latestTFOutput: string
}

export const stateSchema = 14
const stateFile = 'bbl-state.json'

export const emptyBosh: BoshSection = {
  directorName: '',
  directorUsername: '',
  directorPassword: '',
  directorAddress: '',
  directorSSLCA: '',
  directorSSLCertificate: '',
  directorSSLPrivateKey: ''
}

export const noLoadBalancer: LoadBalancerSection = { type: '', cert: '', key: '', chain: '' }

export const emptyState: BblState = {
  version: 0,
  bblVersion: '',
  iaas: '',
  id: '',
  envID: '',
  jumpbox: { url: '' },
  bosh: emptyBosh,
  tfState: '',
  lb: noLoadBalancer,
  latestTFOutput: ''
}

/** Files that bbl makes and takes away again (bbl v9.0.48, storage/file_ownership.go). */
const managed = [
  stateFile,
  'create-jumpbox.sh',
  'create-director.sh',
  'delete-jumpbox.sh',
  'delete-director.sh',
  'vars/bbl.tfvars',
  'vars/bosh-state.json',
  'vars/cloud-config-vars.yml',
  'vars/director-vars-file.yml',
  'vars/director-vars-store.yml',
  'vars/jumpbox-state.json',
  'vars/jumpbox-vars-file.yml',
  'vars/jumpbox-vars-store.yml',
  'vars/terraform.tfstate',
  'vars/terraform.tfstate.backup',
  'terraform/bbl-template.tf',
  'terraform/.terraform',
  '.terraform',
  'cloud-config/cloud-config.yml',
  'cloud-config/ops.yml',
  'runtime-config/runtime-config.yml',
  'jumpbox-deployment',
  'bosh-deployment',
  'bbl-ops-files'
]
/** Folders that go only when nothing of the user's is in them. */
const shared = ['vars', 'terraform', 'cloud-config', 'runtime-config']

/** The state directory of one environment. */
export class StateDir {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** The state; an empty one where there is none. Throws what bbl says where the directory lacks or a newer bbl was here. */
  load(): BblState {
    try {
      statSync(this.path)
    } catch (thrown) {
      if (systemCodeOf(thrown) !== 'ENOENT') throw thrown
      throw new BblError(`stat ${this.path}: no such file or directory`)
    }
    if (!this.exists()) return emptyState
    const state = {
      ...emptyState,
      ...(JSON.parse(readFileSync(this.file(stateFile), 'utf8')) as Partial<BblState>)
    }
    if (state.version <= stateSchema) return state
    throw new BblError(
      `Existing bbl environment was created with a newer version of bbl. Please upgrade to bbl v${state.bblVersion}.\n`
    )
  }

  exists(): boolean {
    return existsSync(this.file(stateFile))
  }

  /** Throws what bbl's commands say where there is no environment. */
  mustExist(): void {
    if (!this.exists()) throw new NoState(this.path)
  }

  save(state: BblState): BblState {
    const saved = {
      ...sectionsOf(state.bblVersion),
      ...state,
      version: stateSchema,
      id: state.id === '' ? randomUUID() : state.id
    }
    writeFileSync(this.file(stateFile), JSON.stringify(saved, undefined, '\t'))
    return saved
  }

  /** Takes away what bbl has made; the user's own files stay. */
  clear(): void {
    for (const path of managed) rmSync(this.file(path), { recursive: true, force: true })
    for (const path of shared) {
      try {
        rmdirSync(this.file(path))
      } catch (thrown) {
        if (!['ENOENT', 'ENOTEMPTY'].includes(systemCodeOf(thrown) ?? '')) throw thrown
      }
    }
  }

  /** The path of a file in it. */
  file(...parts: readonly string[]): string {
    return join(this.path, ...parts)
  }

  read(...parts: readonly string[]): string | undefined {
    try {
      return readFileSync(this.file(...parts), 'utf8')
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'ENOENT') return undefined
      throw thrown
    }
  }

  write(path: string, text: string, mode = 0o740): void {
    const full = this.file(path)
    mkdirSync(join(full, '..'), { recursive: true })
    writeFileSync(full, text, { mode })
  }
}

/** There is no environment in the state directory. */
export class NoState extends BblError {
  constructor(path: string) {
    super(
      `bbl-state.json not found in "${path}", ensure you're running this command in the proper state directory or create a new environment with bbl up`
    )
    this.name = 'NoState'
  }
}

/** Whether a Director was made and not deleted (bbl v9.0.48, storage/bosh.go). */
export function hasDirector({ bosh }: BblState): boolean {
  return Object.values(bosh).some(value => value !== '')
}
