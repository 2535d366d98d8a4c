import { rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { readJson, writeJson } from '../json-file.ts'

/** What `bosh create-env` keeps of what it has made (bosh-cli v7.10, config/deployment_state_service.go). */
export interface CreateEnvState {
  director_id: string
  installation_id: string
  current_vm_cid: string
  current_stemcell_id: string
  current_disk_id: string
  current_release_ids: string[]
  current_manifest_sha: string
  disks: DiskRecord[] | null
  stemcells: StemcellRecord[] | null
  releases: ReleaseRecord[] | null
}

interface DiskRecord {
  readonly id: string
  readonly cid: string
  readonly size: number
  readonly cloud_properties: object
}

interface StemcellRecord {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly api_version: number
  readonly cid: string
}

interface ReleaseRecord {
  readonly id: string
  readonly name: string
  readonly version: string
}

/** The state file of one create-env. Every change is on disk at once: a create-env that is cut short leaves the truth. */
export class CreateEnvStateFile {
  readonly path: string
  readonly state: CreateEnvState
  readonly existed: boolean

  constructor(path: string) {
    const found = readJson(path) as CreateEnvState | undefined
    this.path = path
    this.existed = found !== undefined
    this.state = found ?? emptyState()
  }

  update(change: Partial<CreateEnvState>): void {
    Object.assign(this.state, change)
    writeJson(this.path, this.state)
  }

  /** cid of the disk in use; undefined where there is none. */
  currentDisk(): DiskRecord | undefined {
    return (this.state.disks ?? []).find(({ id }) => id === this.state.current_disk_id)
  }

  remove(): void {
    rmSync(this.path, { force: true })
  }
}

function emptyState(): CreateEnvState {
  return {
    director_id: randomUUID(),
    installation_id: randomUUID(),
    current_vm_cid: '',
    current_stemcell_id: '',
    current_disk_id: '',
    current_release_ids: [],
    current_manifest_sha: '',
    disks: null,
    stemcells: null,
    releases: null
  }
}
